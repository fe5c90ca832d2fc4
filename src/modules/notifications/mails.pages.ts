import { Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { z } from 'zod';
import { Roles } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { DomainError } from '../../common/domain-error.js';
import { id } from '../../common/fields.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { withoutLinks } from '../../web/format.js';
import { requestLanguage } from '../../web/i18n/request-language.js';
import { translator } from '../../web/i18n/translate.js';
import { queryString } from '../../web/query-string.js';
import { Page } from '../../web/render/page.decorator.js';
import { SeeOther } from '../../web/render/page-reply.js';
import { MAIL_STATES } from './entities/mail.entity.js';
import { MailBounceService } from './mail-bounce.service.js';
import { MailQueries } from './mail.queries.js';
import { MailRetryService } from './mail-retry.service.js';

const empty = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional()).catch(undefined);
const query = z.object({
  to: empty(z.string().max(254)),
  state: empty(z.enum(MAIL_STATES)),
  cursor: z.string().max(500).optional(),
});
const PATH = '/indstillinger/mails';

/** The secretariat's view of the outbox. */
@Controller('indstillinger/mails')
@Roles('secretariat')
export class MailsPages {
  constructor(
    private readonly queries: MailQueries,
    private readonly retries: MailRetryService,
    private readonly bounces: MailBounceService,
  ) {}

  @Get()
  @Page('notifications/mails')
  async list(@Query({ schema: query }) { cursor, ...filter }: z.output<typeof query>) {
    const page = await this.queries.list({ ...filter, cursor, limit: 25 });
    const counts = await this.queries.countByState();
    return {
      filter,
      mails: page.items,
      states: MAIL_STATES.map((state) => ({ state, count: counts[state] ?? 0 })),
      isFiltered: Object.values(filter).some(Boolean),
      firstQuery: cursor && queryString(filter),
      nextQuery: page.nextCursor && queryString({ ...filter, cursor: page.nextCursor }),
    };
  }

  @Get(':id')
  @Page('notifications/mail')
  async show(@Param('id', { schema: id }) mailId: number, @Req() request: AppRequest) {
    const mail = await this.queries.find(mailId);
    if (!mail) throw new DomainError('not_found', 'not_found');
    const hidden = translator(requestLanguage(request))('mails.hiddenLink');
    const text = withoutLinks(mail.text, hidden);
    return { mail: { ...mail, text }, canRetry: mail.state === 'failed', canBounce: mail.state === 'sent' };
  }

  @Post(':id/igen')
  @Page('notifications/mail')
  async retry(@Param('id', { schema: id }) mailId: number, @Current() principal: Principal) {
    await this.retries.retry(mailId, principal.personId);
    return new SeeOther(`${PATH}/${mailId}?done=mail_retried`);
  }

  @Post(':id/retur')
  @Page('notifications/mail')
  async bounce(@Param('id', { schema: id }) mailId: number, @Current() principal: Principal) {
    await this.bounces.bounce(mailId, principal.personId);
    return new SeeOther(`${PATH}/${mailId}?done=mail_bounced`);
  }
}
