import { Body, Controller, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Public } from '../common/access/access.decorator.js';
import { language } from '../common/fields.js';
import { LANGUAGE_COOKIE } from './i18n/request-language.js';
import { AppCookies } from './security/cookies.js';
import { Page } from './render/page.decorator.js';
import { SeeOther } from './render/page-reply.js';
import { localPath } from './local-path.js';

const YEAR_SECONDS = 365 * 24 * 3600;
const choice = z.object({ language, back: z.string().max(2000).default('/') });

/** The choice of language, remembered for a year in the browser. */
@Controller()
export class LanguagePages {
  constructor(private readonly cookies: AppCookies) {}

  @Post('sprog')
  @Public()
  @Page('web/problem')
  choose(
    @Body({ schema: choice }) form: z.output<typeof choice>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    this.cookies.setPlain(reply, LANGUAGE_COOKIE, form.language, YEAR_SECONDS);
    return new SeeOther(localPath(form.back));
  }
}
