import { Module } from '@nestjs/common';
import { ENV, type Env } from '../../config/env.js';
import { AuditModule } from '../audit/index.js';
import { PrivacyModule } from '../privacy/index.js';
import { CapturedMails } from './captured-mails.js';
import { MailBounceService } from './mail-bounce.service.js';
import { MailConcerns } from './mail-concerns.js';
import { MailDispatcher } from './mail-dispatcher.js';
import { MailReasons } from './mail-reasons.js';
import { MailRenderer } from './mail-renderer.js';
import { MailRetryService } from './mail-retry.service.js';
import { MailTicker } from './mail-ticker.js';
import { createMailTransport, MAIL_TRANSPORT } from './mail-transport.js';
import { MailboxPages } from './mailbox.pages.js';
import { MailQueries } from './mail.queries.js';
import { MailsController } from './mails.controller.js';
import { MailsPages } from './mails.pages.js';
import { NotificationPersonalData } from './notification-personal-data.js';
import { OutboxService } from './outbox.service.js';
import { Undeliverable } from './undeliverable.js';

/** The outbox and what sends it. */
@Module({
  imports: [AuditModule, PrivacyModule],
  controllers: [MailsController, MailsPages, MailboxPages],
  providers: [
    MailRenderer,
    OutboxService,
    MailReasons,
    MailConcerns,
    MailDispatcher,
    MailTicker,
    MailQueries,
    MailRetryService,
    MailBounceService,
    Undeliverable,
    NotificationPersonalData,
    CapturedMails,
    { provide: MAIL_TRANSPORT, inject: [ENV], useFactory: (env: Env) => createMailTransport(env) },
  ],
  exports: [OutboxService, MailRenderer, MailReasons, Undeliverable, MailQueries, MailDispatcher],
})
export class NotificationsModule {}
