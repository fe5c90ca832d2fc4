import { Injectable } from '@nestjs/common';
import { insertRows, selectRows } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import type { ClosingExclusion } from '../entities/closing-exclusion.entity.js';
import type { QualityCaseMonth } from '../entities/quality-case-month.entity.js';
import type { QualityCase } from '../entities/quality-case.entity.js';
import type { Month } from '../month.rules.js';
import type { AssessedAgent } from './assessed-month.rules.js';
import type { Chosen } from './closing-choice.rules.js';

/** So many rows are written in one statement. */
const AT_ONCE = 200;

/** The closing that cases come of. */
export interface ClosingOfCases {
  id: number;
  closedAt: Date;
  finalAt: Date;
}

/** Writes what comes of a closing, many rows at a time. */
@Injectable()
export class CaseWriter {
  /** A pending case for each agent, with its months as they are known now; gives the cases in the order of agents. */
  async open(
    tx: Tx,
    closing: ClosingOfCases,
    agents: readonly AssessedAgent[],
  ): Promise<{ id: number; agentId: number }[]> {
    await inParts(agents, (some) =>
      insertRows<QualityCase>(
        tx,
        'quality_case',
        some.map((one) => newCase(one, closing)),
      ),
    );
    const cases = await selectRows<{ id: number; agentId: number }>(
      tx,
      'SELECT id, agentId FROM quality_case WHERE closingId = ? ORDER BY agentId',
      [closing.id],
    );
    const ids = new Map(cases.map(({ id, agentId }) => [agentId, id]));
    await this.addMonths(
      tx,
      agents.flatMap((one) => monthsOf(one, ids.get(one.agentId)!, one.streak.months, null)),
    );
    return cases;
  }

  /** The months by which cases go on. */
  async follow(tx: Tx, closingId: number, agents: readonly AssessedAgent[]): Promise<void> {
    await this.addMonths(
      tx,
      agents.flatMap((one) => monthsOf(one, one.caseId!, one.followUpMonths, closingId)),
    );
  }

  /** Who was left out and why. */
  async leaveOut(tx: Tx, closingId: number, left: Chosen['left']): Promise<void> {
    await inParts(left, (some) =>
      insertRows<ClosingExclusion>(
        tx,
        'closing_exclusion',
        some.map(({ agentId, reason }) => ({ closingId, agentId, reason })),
      ),
    );
  }

  private async addMonths(tx: Tx, rows: readonly QualityCaseMonth[]): Promise<void> {
    await inParts(rows, (some) => insertRows<QualityCaseMonth>(tx, 'quality_case_month', some));
  }
}

function newCase({ agentId, agent, streak }: AssessedAgent, { id, closedAt, finalAt }: ClosingOfCases) {
  const streakFrom = streak.months[0]!;
  return {
    agentId,
    employmentId: agent.employment!.id,
    municipalityCode: agent.employment!.municipalityCode,
    closingId: id,
    streakFrom,
    streakTo: streak.months.at(-1)!,
    liveStreakFrom: streakFrom,
    state: 'pending' as const,
    agentNoticeAt: finalAt,
    agentToldAt: null,
    leaderNoticeAt: null,
    leaderToldAt: null,
    endedAt: null,
    endReason: null,
    isTalkRelevant: null,
    createdAt: closedAt,
    version: 1,
  };
}

function monthsOf(
  { agent }: AssessedAgent,
  caseId: number,
  months: readonly Month[],
  followUpOf: number | null,
): QualityCaseMonth[] {
  return months.map((month) => {
    const { answered, resolved, warmTransferred } = agent.history.figures.get(month)!;
    return { caseId, month, answered, resolved, warmTransferred, followUpOf };
  });
}

/** Does it with some of them at a time; not at all without any. */
async function inParts<T>(all: readonly T[], work: (some: T[]) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < all.length; start += AT_ONCE) await work(all.slice(start, start + AT_ONCE));
}
