import { Controller, Get, Header, Inject, Param, Query } from '@nestjs/common';
import { ApiExcludeEndpoint } from '@nestjs/swagger';
import { z } from 'zod';
import { Public } from '../../common/access/access.decorator.js';
import { DomainError } from '../../common/domain-error.js';
import { id } from '../../common/fields.js';
import { ENV, type Env } from '../../config/env.js';
import { Page } from '../../web/render/page.decorator.js';
import { CapturedMails, type CapturedMail } from './captured-mails.js';

const PAGE_SIZE = 20;
const query = z.object({ side: z.coerce.number().int().min(1).max(100_000).default(1) });
// A mail brings its own inline styles; the frame it is shown in may do nothing else.
const MAIL_FRAME_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-top-navigation-by-user-activation";

/**
 * The mails that were captured instead of sent. Open to anyone who reaches the server, because that is how one signs in
 * to a demonstration; it does not exist in production or when mails are really sent.
 */
@Controller('postkasse')
export class MailboxPages {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly captured: CapturedMails,
  ) {}

  @Get()
  @Public()
  @Page('notifications/mailbox')
  async list(@Query({ schema: query }) { side }: z.output<typeof query>) {
    this.assertCapturing();
    const { mails, total } = await this.captured.list((side - 1) * PAGE_SIZE, PAGE_SIZE);
    return {
      mails,
      folder: this.env.MAIL_DIR,
      newer: side > 1 ? side - 1 : null,
      older: side * PAGE_SIZE < total ? side + 1 : null,
    };
  }

  @Get(':id')
  @Public()
  @Page('notifications/captured-mail')
  async show(@Param('id', { schema: id }) mailId: number) {
    return { mail: await this.find(mailId) };
  }

  @Get(':id/html')
  @Public()
  @ApiExcludeEndpoint()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', MAIL_FRAME_POLICY)
  @Header('x-frame-options', 'SAMEORIGIN')
  async html(@Param('id', { schema: id }) mailId: number): Promise<string> {
    return (await this.find(mailId)).html.replaceAll('<a ', '<a target="_top" ');
  }

  private async find(mailId: number): Promise<CapturedMail> {
    this.assertCapturing();
    const mail = await this.captured.read(mailId);
    if (!mail) throw new DomainError('not_found', 'not_found');
    return mail;
  }

  private assertCapturing(): void {
    if (this.env.SMTP_URL || this.env.isProduction) throw new DomainError('not_found', 'not_found');
  }
}
