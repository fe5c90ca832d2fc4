import { setImmediate as otherWork } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { instantAt } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { Database } from '../../../database/database.js';
import { sqlInstant } from '../../../database/sql.js';
import { addMonths, firstDayOf, monthsFrom, type Month } from '../../quality/index.js';
import type { AgentCalls } from './agent-calls.rules.js';
import {
  monthNumber,
  NEVER,
  splitCalls,
  type Division,
  type EmploymentDays,
  type MonthNumber,
} from './calls-split.rules.js';
import {
  employmentsStatement,
  figuresStatement,
  type AgentRange,
  type CallsEvent,
} from './calls.statements.js';

/** So many statements at the same time, so that the database has one more to do while the rows of another are looked at. */
const AT_ONCE = 3;
/** So many agents a statement. The embedded database answers while others wait, the other one is asked as seldom as memory allows. */
const TOGETHER = { sqlite: 500, mysql: 4_000 };

interface EmploymentRow extends EmploymentDays {
  id: number;
  agentId: number;
  /** A day of an onboarding day, an instant of e-learning: as the database writes them. */
  eventAt: string | null;
  /** From -1 to 1. */
  score: number | null;
}
interface FiguresRow {
  agentId: number;
  count: number | string;
  figures: string;
}
interface KnownAgent extends Division {
  employments: (EmploymentDays & { id: number })[];
  score: number | null;
}
interface Ends<T> {
  first: T | null;
  last: T | null;
}
interface Period {
  from: Month;
  to: Month;
}

/** Reads what agents answered and resolved, without something and with it. */
@Injectable()
export class AgentCallsQueries {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly database: Database,
  ) {}

  /** In the order of agents' keys, so that sums come out the same every time. */
  async of(event: CallsEvent, period: Period): Promise<AgentCalls[]> {
    const monthOf = event === 'elearning' ? monthOfInstants(period, this.env.TZ_NAME) : monthNumber;
    const [ends, months] = await Promise.all([
      this.database.selectOne<Ends<number>>('SELECT MIN(id) AS first, MAX(id) AS last FROM agent'),
      this.monthsAskedFor(period),
    ]);
    const found: AgentCalls[][] = [];
    const ranges = rangesOf(ends!, TOGETHER[this.database.kind]).entries();
    const work = async () => {
      for (const [n, range] of ranges) {
        const agents = await this.agents(event, range, monthOf);
        found[n] = await this.calls(agents, range, months);
        await otherWork();
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return found.flat();
  }

  /** Null where the period holds all there are. */
  private async monthsAskedFor({ from, to }: Period): Promise<readonly [Month, Month] | null> {
    const { first, last } = (await this.database.selectOne<Ends<Month>>(
      'SELECT MIN(month) AS first, MAX(month) AS last FROM resolution_figure',
    ))!;
    return first === null || (from <= first && to >= last!) ? null : [from, to];
  }

  private async calls(
    agents: ReadonlyMap<number, KnownAgent>,
    range: AgentRange,
    months: readonly [Month, Month] | null,
  ): Promise<AgentCalls[]> {
    const found: AgentCalls[] = [];
    const { sql, values } = figuresStatement(this.database.kind, range, months);
    for (const { agentId, count, figures } of await this.database.select<FiguresRow>(sql, values)) {
      const agent = agents.get(agentId);
      const calls = agent && splitCalls(agent, figures, Number(count));
      if (calls) found.push({ agentId, ...calls, score: agent.score });
    }
    return found;
  }

  private async agents(
    dividedBy: CallsEvent,
    range: AgentRange,
    monthOf: (at: string) => MonthNumber,
  ): Promise<Map<number, KnownAgent>> {
    const agents = new Map<number, KnownAgent>();
    const { sql, values } = employmentsStatement(dividedBy, range);
    for (const row of await this.database.select<EmploymentRow>(sql, values)) {
      const { id, agentId, municipalityCode, startOn, endOn, eventAt } = row;
      const employment = { id, municipalityCode, startOn, endOn };
      const event = eventAt === null ? NEVER : monthOf(eventAt);
      const score = row.score === null ? null : 100 * row.score;
      const known = agents.get(agentId);
      if (!known) agents.set(agentId, { employments: [employment], event, score });
      else {
        if (known.employments.at(-1)!.id !== id) known.employments.push(employment);
        known.event = Math.min(known.event, event);
        if (score !== null) known.score = Math.max(known.score ?? score, score);
      }
    }
    return agents;
  }
}

/** The first and the last key of each part. */
function rangesOf({ first, last }: Ends<number>, size: number): AgentRange[] {
  const ranges: AgentRange[] = [];
  if (first !== null)
    for (let from = first; from <= last!; from += size) ranges.push([from, from + size - 1]);
  return ranges;
}

/** The month of an instant where the hotline is; those before the period are as one, and so are those after it. */
function monthOfInstants({ from, to }: Period, zone: string): (at: string) => MonthNumber {
  const starts = monthsFrom(from, addMonths(to, 1)).map((month) =>
    sqlInstant(instantAt(firstDayOf(month), '00:00', zone)),
  );
  const first = monthNumber(from);
  return (at) => {
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (at < starts[middle]!) high = middle;
      else low = middle + 1;
    }
    return low === starts.length ? NEVER : first + low - 1;
  };
}
