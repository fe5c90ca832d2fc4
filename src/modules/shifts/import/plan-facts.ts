import { Inject, Injectable } from '@nestjs/common';
import { localDateOf } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { placeholders, selectRows, toInstant, type SqlValue } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import { padded } from '../even-parts.js';
import type { ImportJob } from './import-job.js';
import {
  differenceOf,
  withoutRepetitions,
  type Difference,
  type FileShift,
  type KnownShift,
} from './shift-difference.rules.js';

/** What an import says about one agent, beside what the plan says. */
export interface AgentFacts {
  agentId: number;
  difference: Difference;
  /** How many shifts the plan has in what the file covers. */
  known: number;
  /** Keys of rows that cannot be used after all. */
  duplicates: number[];
  contradictions: number[];
  notEmployed: number[];
}

type Stored = { agentId: number; startsAt: string | Date; endsAt: string | Date; id: number };
type StoredRow = Stored & { state: string };
type StoredShift = Stored & { updatedAt: string | Date };

/** Reads what an import and the plan say about some agents, and compares it. */
@Injectable()
export class PlanFacts {
  constructor(@Inject(ENV) private readonly env: Env) {}

  /**
   * The difference for each agent. A shift that is not in the file stays when the agent has rows that could not be read: it may be one
   * of those.
   * @param since shifts that were edited after that are left as they are
   */
  async of(tx: Tx, job: ImportJob, agentIds: readonly number[], since?: Date): Promise<AgentFacts[]> {
    if (agentIds.length === 0 || !job.coversFrom) return [];
    const asked = padded(agentIds);
    const [rows, shifts, lastDays] = [
      groupOf(await this.rows(tx, job.id, asked)),
      groupOf(await this.shifts(tx, job, asked)),
      await this.lastDays(tx, asked),
    ];
    return agentIds.map((agentId) =>
      this.compare(
        agentId,
        rows.get(agentId) ?? [],
        shifts.get(agentId) ?? [],
        lastDays.get(agentId) ?? '',
        since,
      ),
    );
  }

  private compare(
    agentId: number,
    rows: readonly StoredRow[],
    shifts: readonly StoredShift[],
    lastDay: string,
    since: Date | undefined,
  ): AgentFacts {
    const dayOf = (instant: Date) => localDateOf(instant, this.env.TZ_NAME);
    const usable = rows.filter(({ state }) => state === 'ok').map(fileShift);
    const notEmployed = usable.filter(({ startsAt }) => dayOf(startsAt) > lastDay).map(({ rowId }) => rowId);
    const read = withoutRepetitions(usable.filter(({ rowId }) => !notEmployed.includes(rowId)));
    const edited = shifts.filter(({ updatedAt }) => since && toInstant(updatedAt) > since).map(knownShift);
    const known = shifts.map(knownShift).filter(({ id }) => !edited.some((shift) => shift.id === id));
    const difference = differenceOf(read.shifts, known, dayOf);
    const isTaken = ({ startsAt }: { startsAt: Date }) =>
      edited.some((shift) => shift.startsAt.getTime() === startsAt.getTime());
    const isUncertain = rows.some(({ state }) => state === 'faulty') || read.contradictions.length > 0;
    return {
      agentId,
      difference: {
        ...difference,
        added: difference.added.filter((shift) => !isTaken(shift)),
        moved: difference.moved.filter(({ to }) => !isTaken(to)),
        gone: isUncertain ? [] : difference.gone,
      },
      known: known.length,
      duplicates: read.duplicates,
      contradictions: read.contradictions,
      notEmployed,
    };
  }

  private rows(tx: Tx, importId: number, agentIds: readonly number[]): Promise<StoredRow[]> {
    return selectRows<StoredRow>(
      tx,
      `SELECT id, agentId, state, startsAt, endsAt FROM shift_import_row
        WHERE importId = ? AND agentId IN (${placeholders(agentIds)})`,
      [importId, ...agentIds],
    );
  }

  private shifts(
    tx: Tx,
    { coversFrom, coversTo }: ImportJob,
    agentIds: readonly number[],
  ): Promise<StoredShift[]> {
    return selectRows<StoredShift>(
      tx,
      `SELECT id, agentId, startsAt, endsAt, updatedAt FROM shift
        WHERE agentId IN (${placeholders(agentIds)}) AND startsAt >= ? AND startsAt < ?`,
      [...agentIds, coversFrom, coversTo] as SqlValue[],
    );
  }

  /** The last day of each agent's employment, far away for those who are not leaving. */
  private async lastDays(tx: Tx, agentIds: readonly number[]): Promise<Map<number, string>> {
    const rows = await selectRows<{ agentId: number; lastOn: string }>(
      tx,
      `SELECT agentId, MAX(COALESCE(endOn, '9999-12-31')) AS lastOn FROM employment
        WHERE agentId IN (${placeholders(agentIds)}) GROUP BY agentId`,
      agentIds,
    );
    return new Map(rows.map(({ agentId, lastOn }) => [agentId, lastOn]));
  }
}

function groupOf<Row extends { agentId: number }>(rows: readonly Row[]): Map<number, Row[]> {
  const groups = new Map<number, Row[]>();
  for (const row of rows) {
    const there = groups.get(row.agentId);
    if (there) there.push(row);
    else groups.set(row.agentId, [row]);
  }
  return groups;
}

function fileShift({ id, startsAt, endsAt }: Stored): FileShift {
  return { rowId: id, startsAt: toInstant(startsAt), endsAt: toInstant(endsAt) };
}

function knownShift({ id, startsAt, endsAt }: Stored): KnownShift {
  return { id, startsAt: toInstant(startsAt), endsAt: toInstant(endsAt) };
}
