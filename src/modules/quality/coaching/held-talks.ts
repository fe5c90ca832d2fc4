import type { Condition } from '../../../common/access/scope.js';
import { lockClause, placeholders, selectRows, toInstantOrNull } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import type { TalkState } from './talk-state.rules.js';

/** A talk whose row is held by the unit of work. */
export interface HeldTalk {
  id: number;
  caseId: number;
  agentId: number;
  agentMunicipalityCode: string;
  coachPersonId: number;
  coachMunicipalityCode: string;
  state: TalkState;
  startsAt: Date | null;
  minutes: number;
  link: string | null;
  sequence: number;
  version: number;
}

/**
 * The talks that meet a condition on `t`, held in the order of their keys; two who change one at once wait for each other. They
 * are looked for before they are held: a search that holds would wait for every talk that it passes.
 */
export async function holdTalks(tx: Tx, { sql, values }: Condition): Promise<HeldTalk[]> {
  const found = await selectRows<{ id: number }>(tx, `SELECT t.id FROM coaching_talk t WHERE ${sql}`, values);
  if (found.length === 0) return [];
  const rows = await selectRows<HeldTalk & { startsAt: string | Date | null }>(
    tx,
    `SELECT t.id, t.caseId, t.agentId, t.agentMunicipalityCode, t.coachPersonId, t.coachMunicipalityCode, t.state, t.startsAt,
            t.minutes, t.link, t.sequence, t.version
       FROM coaching_talk t WHERE t.id IN (${placeholders(found)}) AND (${sql}) ORDER BY t.id${lockClause(tx)}`,
    [...found.map(({ id }) => id), ...values],
  );
  return rows.map((row) => ({ ...row, startsAt: toInstantOrNull(row.startsAt) }));
}
