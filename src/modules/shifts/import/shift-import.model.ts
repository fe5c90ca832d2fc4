import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { localDateOf } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { blankForm, type FormModel } from '../../../web/forms/form.js';
import { translator, type Translator } from '../../../web/i18n/translate.js';
import { queryString } from '../../../web/query-string.js';
import { mappingValues } from './mapping-form.js';
import { SHIFT_COLUMNS } from './shift-columns.rules.js';
import { CHANGE_KINDS, ShiftImportChanges } from './shift-import-changes.js';
import { isAlarming } from './shift-difference.rules.js';
import { ShiftImportQueries, type ShiftImportView } from './shift-import.queries.js';

/** What the page of an import shows of it. */
export const importPageQuery = z.object({
  vis: z
    .enum([...CHANGE_KINDS, 'faulty', 'unknown', 'duplicate'])
    .optional()
    .catch(undefined),
  kolonner: z.enum(['ja']).optional().catch(undefined),
  /** Whether the page of a running import comes again by itself where there is no script. */
  opdater: z.enum(['ja', 'nej']).default('ja').catch('ja'),
  cursor: z.string().max(500).optional(),
});

type Query = z.output<typeof importPageQuery>;
const REFRESH_SECONDS = 5;
const [AGENTS, ROWS] = [10, 50];

/** The page of an import, whatever state it is in. */
@Injectable()
export class ShiftImportModel {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly queries: ShiftImportQueries,
    private readonly changes: ShiftImportChanges,
  ) {}

  /** @throws DomainError `not_found` */
  async of(importId: number, query: Query, language: string, form?: FormModel) {
    const job = await this.queries.find(importId);
    const t = translator(language);
    const isRunning = ['reading', 'comparing', 'committing'].includes(job.state);
    const mayMap = job.header !== null && ['ready', 'refused'].includes(job.state);
    const hasFaultyColumns = Boolean(form && SHIFT_COLUMNS.some((column) => form.errors[column]));
    const maps = job.state === 'mapping' || (mayMap && (query.kolonner === 'ja' || hasFaultyColumns));
    const progress =
      job.state === 'committing'
        ? t('shiftImport.writing', { done: job.done, total: job.changes })
        : t('shiftImport.reading', { rows: job.total });
    return {
      pageTitle: isRunning ? progress : `${job.fileName}: ${t(`shiftImport.state.${job.state}`)}`,
      job,
      form: form ?? blankForm(job.header ? mappingValues(job.header, job.covers) : {}),
      isRunning,
      progress,
      refresh: isRunning && query.opdater === 'ja' ? REFRESH_SECONDS : null,
      maps,
      mayMap,
      mayCommit: job.state === 'ready' && !maps,
      losesMany: job.state === 'ready' && losesMany(job),
      refusal: job.refusal && t(`problem.${job.refusal}`),
      period: this.periodOf(job),
      ...(maps ? columnsOf(job, t) : {}),
      ...(isRunning || maps ? {} : await this.shown(job, query, t)),
    };
  }

  private periodOf({ coversFrom, coversTo }: ShiftImportView) {
    if (!coversFrom || !coversTo) return null;
    const zone = this.env.TZ_NAME;
    return {
      from: localDateOf(new Date(coversFrom), zone),
      to: localDateOf(new Date(Date.parse(coversTo) - 1), zone),
    };
  }

  /** The list below the summary: changes of one kind, or rows of one kind. */
  private async shown(job: ShiftImportView, { vis, cursor }: Query, t: Translator) {
    const counts = tabsOf(job);
    const current = vis ?? counts.find(({ count }) => count > 0)?.name;
    const tabs = counts.map((tab) => ({ ...tab, isCurrent: tab.name === current }));
    const kind = CHANGE_KINDS.find((known) => known === current);
    if (kind) {
      const page = await this.changes.list(job.id, { kind, limit: AGENTS, cursor });
      const agents = page.items.map((agent) => ({ ...agent, count: agent[kind] }));
      return { tabs, kind, agents, ...pages(current, cursor, page.nextCursor) };
    }
    if (!current) return { tabs };
    const state = current as 'faulty' | 'unknown' | 'duplicate';
    const page = await this.queries.rows(job.id, { state, limit: ROWS, cursor }, t);
    const unknown = state === 'unknown' ? await this.queries.unknownAgents(job.id) : [];
    return {
      tabs,
      rows: page.items.map((row) => withFields(row, t)),
      unknown,
      ...pages(current, cursor, page.nextCursor),
    };
  }
}

/** Whether so much would go that it may be a mistake. */
function losesMany({ differences, total, invalid, unknown }: ShiftImportView): boolean {
  const { same, moved, gone } = differences;
  const known = same + moved + gone;
  return gone > 0 && isAlarming({ known, moved, gone, rows: total, unusable: invalid + unknown });
}

function tabsOf({ differences, invalid, unknown, duplicates }: ShiftImportView) {
  return [
    { name: 'new' as const, count: differences.new },
    { name: 'moved' as const, count: differences.moved },
    { name: 'gone' as const, count: differences.gone },
    { name: 'unknown' as const, count: unknown },
    { name: 'faulty' as const, count: invalid },
    { name: 'duplicate' as const, count: duplicates },
  ];
}

function withFields<Row extends { errors: { field: string; message: string }[] }>(row: Row, t: Translator) {
  const fieldOf = (field: string) => (field ? t(`shiftImport.column.${field}`) : '');
  return { ...row, errors: row.errors.map((error) => ({ ...error, field: fieldOf(error.field) })) };
}

function pages(vis: string | undefined, cursor: string | undefined, next: string | null) {
  return {
    firstQuery: cursor && queryString({ vis }),
    nextQuery: next && queryString({ vis, cursor: next }),
  };
}

function columnsOf({ header }: ShiftImportView, t: Translator) {
  const { headings, examples } = header!;
  const choices = headings.map((heading, position) => ({
    value: String(position),
    label: heading || t('import.columnNumber', { number: position + 1 }),
  }));
  const columns = SHIFT_COLUMNS.map((name) => ({ name, choices }));
  return { columns, headings, examples };
}
