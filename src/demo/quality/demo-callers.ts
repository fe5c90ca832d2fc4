import { selectRows } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import { ATTENDED_ON } from '../../modules/onboarding-days/index.js';
import type { DemoCaller } from './demo-figures.js';

/** An agent who may have figures, and where the agent works now. */
export interface DemoAgent extends DemoCaller {
  /** Null for somebody who has left or is about to. */
  open: { id: number; municipalityCode: string; startOn: string } | null;
}

interface Row {
  id: number;
  email: string;
  attendedOn: string | null;
  employmentId: number;
  municipalityCode: string;
  startOn: string;
  endOn: string | null;
  openAgentId: number | null;
}

/** Everybody, with all periods of employment and when an onboarding day was attended, in the order of registration. */
export async function demoCallers(tx: Tx): Promise<DemoAgent[]> {
  const rows = await selectRows<Row>(
    tx,
    `SELECT a.id, p.email, m.id AS employmentId, m.municipalityCode, m.startOn, m.endOn, m.openAgentId,
            ${ATTENDED_ON} AS attendedOn
       FROM agent a JOIN person p ON p.id = a.personId JOIN employment m ON m.agentId = a.id
      ORDER BY a.id, m.startOn, m.id`,
  );
  const agents = new Map<number, DemoAgent>();
  for (const row of rows) {
    const agent = agents.get(row.id) ?? newAgent(row);
    agents.set(row.id, agent);
    agent.periods.push({ startOn: row.startOn, endOn: row.endOn });
    if (row.openAgentId !== null && row.endOn === null)
      agent.open = { id: row.employmentId, municipalityCode: row.municipalityCode, startOn: row.startOn };
  }
  return [...agents.values()];
}

function newAgent({ id, email, attendedOn }: Row): DemoAgent {
  return { id, email, attendedMonth: attendedOn?.slice(0, 7) ?? null, periods: [], open: null };
}
