import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { Roles } from '../../common/access/access.decorator.js';
import { id } from '../../common/fields.js';
import { queryString } from '../../web/query-string.js';
import { Page } from '../../web/render/page.decorator.js';
import { AuditQueries, type AuditRow } from './audit.queries.js';
import { auditSubject } from './audit.schemas.js';

const empty = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional()).catch(undefined);
const query = z.object({
  actor: empty(id),
  subject: empty(auditSubject),
  action: empty(z.string().max(60)),
  cursor: z.string().max(500).optional(),
});
const LINKS: Record<string, string> = {
  agent: '/agenter/',
  mail: '/indstillinger/mails/',
  course: '/e-laering/',
  connection: '/indstillinger/forbindelser/',
  invitation_round: '/onboardingdage/runder/',
};

/** The audit trail as a page. */
@Controller('indstillinger/revisionsspor')
@Roles('secretariat')
export class AuditPages {
  constructor(private readonly queries: AuditQueries) {}

  @Get()
  @Page('audit/entries')
  async list(@Query({ schema: query }) { cursor, subject, ...filter }: z.output<typeof query>) {
    const page = await this.queries.list({ ...filter, subject, cursor, limit: 50 });
    const subjectText = subject && `${subject.type}${subject.id === undefined ? '' : `:${subject.id}`}`;
    const shown = { ...filter, subject: subjectText };
    return {
      filter: shown,
      actions: await this.queries.actions(),
      entries: page.items.map(toLine),
      isFiltered: Object.values(shown).some(Boolean),
      firstQuery: cursor && queryString(shown),
      nextQuery: page.nextCursor && queryString({ ...shown, cursor: page.nextCursor }),
    };
  }
}

function toLine(entry: AuditRow) {
  const base = LINKS[entry.subjectType];
  return {
    ...entry,
    link: base ? `${base}${entry.subjectId}` : null,
    details: Object.entries(entry.detail ?? {})
      .filter(([, value]) => value !== null && value !== '')
      .map(([key, value]) => `${key}: ${String(value)}`)
      .join(', '),
  };
}
