import type { Condition } from '../../../common/access/scope.js';
import { lockClause, selectRows, toInstantOrNull } from '../../../database/sql.js';
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

/** The talks that meet a condition on `t`, held in the order of their keys; two who change one at once wait for each other. */
export async function holdTalks(tx: Tx, { sql, values }: Condition): Promise<HeldTalk[]> {
  const rows = await selectRows<HeldTalk & { startsAt: string | Date | null }>(
    tx,
    `SELECT t.id, t.caseId, t.agentId, t.agentMunicipalityCode, t.coachPersonId, t.coachMunicipalityCode, t.state, t.startsAt,
            t.minutes, t.link, t.sequence, t.version
       FROM coaching_talk t WHERE ${sql} ORDER BY t.id${lockClause(tx)}`,
    values,
  );
  return rows.map((row) => ({ ...row, startsAt: toInstantOrNull(row.startsAt) }));
}
