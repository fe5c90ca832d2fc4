import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { allOf, columnIs, type Condition, type Scope } from '../../../common/access/scope.js';
import { endOfLocalDate, instantAt, type LocalDate } from '../../../common/local-date.js';
import { nameSortKey } from '../../../common/name-sort-key.js';
import { ENV, type Env } from '../../../config/env.js';
import { containing, joinInOrder, placeholders, selectRows, toInstant } from '../../../database/sql.js';

/** What shifts may be narrowed to; both days are included. */
export interface ShiftFilter {
  from?: LocalDate | undefined;
  to?: LocalDate | undefined;
  municipality?: string | undefined;
  agentId?: number | undefined;
  shiftId?: number | undefined;
  /** Those going on at an instant. */
  at?: Date | undefined;
  /** Words of the agent's name. */
  q?: string | undefined;
}

/** Where a list went on from: start and key of the last shift. */
export type AfterShift = readonly [Date, number];

/** A shift of the plan. */
export interface PlannedShift {
  shiftId: number;
  agentId: number;
  at: Date;
  endsAt: Date;
}

type Raw = Omit<PlannedShift, 'at' | 'endsAt'> & { at: string | Date; endsAt: string | Date };

const MOST_WORDS = 5;

/** Reads shifts of those whom the caller may know: at least the ones within the scope, the caller leaves out the others. */
@Injectable()
export class PlannedShifts {
  constructor(@Inject(ENV) private readonly env: Env) {}

  /**
   * The next shifts, earliest first. Agents of a municipality are those who work or have worked for it, so a shift of somebody
   * who has moved is among them, too: on which day it belongs to whom is decided by `employmentOn`.
   */
  async next(
    source: EntityManager,
    scope: Scope,
    filter: ShiftFilter,
    limit: number,
    after?: AfterShift,
  ): Promise<PlannedShift[]> {
    const agents = agentsOf(scope, filter);
    const where = this.where(filter, after);
    const from = agents
      ? `(${agents.sql}) x ${joinInOrder(source)} shift s ON s.agentId = x.agentId`
      : 'shift s';
    const rows = await selectRows<Raw>(
      source,
      `SELECT s.id AS shiftId, s.agentId, s.startsAt AS at, s.endsAt FROM ${from} WHERE ${where.sql}
        ORDER BY s.startsAt, s.id LIMIT ?`,
      [...(agents?.values ?? []), ...where.values, limit],
    );
    return rows.map((row) => ({ ...row, at: toInstant(row.at), endsAt: toInstant(row.endsAt) }));
  }

  private where({ from, to, agentId, shiftId, at, q }: ShiftFilter, after?: AfterShift): Condition {
    const zone = this.env.TZ_NAME;
    return allOf([
      from ? { sql: 's.startsAt >= ?', values: [instantAt(from, '00:00', zone)] } : undefined,
      to ? { sql: 's.startsAt < ?', values: [endOfLocalDate(to, zone)] } : undefined,
      columnIs('s.agentId', agentId),
      columnIs('s.id', shiftId),
      at && { sql: 's.startsAt <= ? AND s.endsAt > ?', values: [at, at] },
      ...wordsOf(q),
      after && {
        sql: 's.startsAt > ? OR (s.startsAt = ? AND s.id > ?)',
        values: [after[0], after[0], after[1]],
      },
    ]);
  }
}

/** The agents whose shifts may be within the scope; undefined for all of them. */
function agentsOf(scope: Scope, { municipality, agentId, shiftId }: ShiftFilter): Condition | undefined {
  const own = {
    sql: 'SELECT a.id AS agentId FROM agent a WHERE a.personId = ?',
    values: scope.kind === 'all' ? [] : [scope.personId],
  };
  if (scope.kind === 'person') return own;
  // A single agent or shift is found by its key; whether it may be seen is decided on the day.
  if (agentId !== undefined || shiftId !== undefined) return undefined;
  if (scope.kind === 'all') return municipality === undefined ? undefined : ofMunicipalities([municipality]);
  const codes =
    municipality === undefined ? scope.codes : scope.codes.filter((code) => code === municipality);
  if (codes.length === 0) return own;
  const theirs = ofMunicipalities(codes);
  return { sql: `${theirs.sql} UNION ${own.sql}`, values: [...theirs.values, ...own.values] };
}

function ofMunicipalities(codes: readonly string[]): Condition {
  return {
    sql: `SELECT DISTINCT m.agentId FROM employment m WHERE m.municipalityCode IN (${placeholders(codes)})`,
    values: [...codes],
  };
}

function wordsOf(q: string | undefined): Condition[] {
  const words = (q ?? '').trim().split(/\s+/).filter(Boolean).slice(0, MOST_WORDS);
  return words.map((word) => ({
    sql: `EXISTS (SELECT 1 FROM agent a JOIN person p ON p.id = a.personId
             WHERE a.id = s.agentId AND p.nameSortKey LIKE ? ESCAPE '!')`,
    values: [containing(nameSortKey(word))],
  }));
}
