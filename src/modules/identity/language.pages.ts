import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Public } from '../../common/access/access.decorator.js';
import { language } from '../../common/fields.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { LANGUAGE_COOKIE } from '../../web/i18n/request-language.js';
import { AppCookies } from '../../web/security/cookies.js';
import { Page } from '../../web/render/page.decorator.js';
import { SeeOther } from '../../web/render/page-reply.js';
import { localPath } from '../../web/local-path.js';
import { PeopleService } from './people.service.js';

const YEAR_SECONDS = 365 * 24 * 3600;
const choice = z.object({ language, back: z.string().max(2000).default('/') });

/** The choice of language: remembered for a year in the browser, and for the person's mails. */
@Controller()
export class LanguagePages {
  constructor(
    private readonly cookies: AppCookies,
    private readonly people: PeopleService,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  @Post('sprog')
  @Public()
  @Page('web/problem')
  async choose(
    @Body({ schema: choice }) form: z.output<typeof choice>,
    @Req() request: AppRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { principal } = request;
    if (principal)
      await this.unitOfWork.run((tx) => this.people.setLanguage(tx, principal.personId, form.language));
    this.cookies.setPlain(reply, LANGUAGE_COOKIE, form.language, YEAR_SECONDS);
    return new SeeOther(localPath(form.back));
  }
}
