import { Inject, Injectable } from '@nestjs/common';
import { allOf, type Scope } from '../../common/access/scope.js';
import { Clock } from '../../common/clock.js';
import { localDateOf, type LocalDate } from '../../common/local-date.js';
import { decodeCursor, toPage, type Page } from '../../common/pagination.js';
import { ENV, type Env } from '../../config/env.js';
import { Database } from '../../database/database.js';
import { toInstantOrNull } from '../../database/sql.js';
import { completionStatement } from './completion-statement.js';
import type { OnboardingStep } from './onboarding-step.js';

/** What the report may be narrowed to. */
export interface CompletionFilter {
  municipality?: string | undefined;
  leaderId?: number | undefined;
  course?: string | undefined;
  state?: string | undefined;
  onboarding?: OnboardingStep | undefined;
  /** First and last day of completion. */
  from?: LocalDate | undefined;
  to?: LocalDate | undefined;
  /** The report as it stood at the end of this day. */
  asOf?: LocalDate | undefined;
}

/** One agent on one course. */
export interface CompletionRow {
  enrolmentId: number;
  agentId: number;
  firstName: string;
  lastName: string;
  email: string;
  municipalityCode: string;
  municipality: string;
  leader: string | null;
  courseCode: string;
  course: string;
  state: 'not_started' | 'in_progress' | 'completed' | 'waived';
  completedAt: Date | null;
  source: string | null;
  startOn: string;
  firstShiftOn: string | null;
  /** The first onboarding day the agent took part in, here or before Vagtklar. */
  onboardingAttendedOn: LocalDate | null;
  /** The onboarding day on which the agent has a seat. */
  onboardingSeatOn: LocalDate | null;
}

/** How many enrolments are in each state, and how many of them are of agents who miss, will attend or have attended a day. */
export interface CompletionTotals {
  total: number;
  completed: number;
  waived: number;
  inProgress: number;
  notStarted: number;
  onboarding: Record<OnboardingStep, number>;
}

type Raw = Omit<CompletionRow, 'completedAt'> & { completedAt: string | Date | null; nameSortKey: string };

/**
 * The completion report straight from the tables (ADR 0006: reports read, and never write, what other modules own).
 *
 * As of a day it holds every enrolment that counted by then, of agents whose period of employment covers the day in a
 * municipality that is a member on it; municipality and leader are those of that period. The state is derived from instants:
 * what happened after the day is not seen, and what is reported late about the time before it is. The same goes for onboarding days
 * (`onboarding-step.ts`).
 */
@Injectable()
export class CompletionReport {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly database: Database,
  ) {}

  /** A page of rows, sorted by name. */
  async page(
    scope: Scope,
    filter: CompletionFilter & { limit: number; cursor?: string | undefined },
  ): Promise<Page<CompletionRow>> {
    const cursor = decodeCursor(filter.cursor, ['string', 'number']);
    const { columns, from, where } = this.statement(scope, filter);
    const after = cursor
      ? {
          sql: 'p.nameSortKey > ? OR (p.nameSortKey = ? AND e.id > ?)',
          values: [cursor[0], cursor[0], cursor[1]],
        }
      : undefined;
    const all = allOf([where, after]);
    const rows = await this.database.select<Raw>(
      `SELECT ${columns.sql} ${from.sql} WHERE ${all.sql} ORDER BY p.nameSortKey, e.id LIMIT ?`,
      [...columns.values, ...from.values, ...all.values, filter.limit + 1],
    );
    const page = toPage(rows, filter.limit, (row) => [row.nameSortKey, row.enrolmentId]);
    return { ...page, items: page.items.map(toRow) };
  }

  /** All rows, sorted by name, read piece by piece. */
  async *rows(scope: Scope, filter: CompletionFilter): AsyncGenerator<CompletionRow> {
    const { columns, from, where } = this.statement(scope, filter);
    const sql = `SELECT ${columns.sql} ${from.sql} WHERE ${where.sql} ORDER BY p.nameSortKey, e.id`;
    const values = [...columns.values, ...from.values, ...where.values];
    for await (const row of this.database.streamRows<Raw>(sql, values)) yield toRow(row);
  }

  /** The counts over everything the filter finds. */
  async totals(scope: Scope, filter: CompletionFilter): Promise<CompletionTotals> {
    const { counted, countFrom, where } = this.statement(scope, filter);
    const rows = await this.database.select<Counted>(
      `SELECT s.state, s.step, COUNT(*) AS count FROM (SELECT ${counted.sql} ${countFrom.sql} WHERE ${where.sql}) s
        GROUP BY s.state, s.step`,
      [...counted.values, ...countFrom.values, ...where.values],
    );
    return totalsOf(rows);
  }

  private statement(scope: Scope, filter: CompletionFilter) {
    const zone = this.env.TZ_NAME;
    return completionStatement(scope, filter, filter.asOf ?? localDateOf(this.clock.now(), zone), zone);
  }
}

interface Counted {
  state: CompletionRow['state'];
  step: OnboardingStep;
  count: number | string;
}

function totalsOf(rows: readonly Counted[]): CompletionTotals {
  const count = (isCounted: (row: Counted) => boolean = () => true) =>
    rows.filter(isCounted).reduce((sum, row) => sum + Number(row.count), 0);
  return {
    total: count(),
    completed: count(({ state }) => state === 'completed'),
    waived: count(({ state }) => state === 'waived'),
    inProgress: count(({ state }) => state === 'in_progress'),
    notStarted: count(({ state }) => state === 'not_started'),
    onboarding: {
      missing: count(({ step }) => step === 'missing'),
      seat: count(({ step }) => step === 'seat'),
      attended: count(({ step }) => step === 'attended'),
    },
  };
}

function toRow({ nameSortKey: _, ...raw }: Raw): CompletionRow {
  const isThrough = raw.state === 'completed';
  return {
    ...raw,
    completedAt: isThrough ? toInstantOrNull(raw.completedAt) : null,
    source: isThrough ? raw.source : null,
  };
}
