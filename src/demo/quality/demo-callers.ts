import { selectRows } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import type { DemoCaller } from './demo-figures.js';

/** An agent who may have figures, and where the agent works now. */
export interface DemoAgent extends DemoCaller {
  /** Null for somebody who has left or is about to. */
  open: { id: number; municipalityCode: string; startOn: string } | null;
}

interface Row {
  id: number;
  email: string;
  hasAttended: number | string;
  employmentId: number;
  municipalityCode: string;
  startOn: string;
  endOn: string | null;
  openAgentId: number | null;
}

/** Everybody, with all periods of employment and whether an onboarding day has been attended, in the order of registration. */
export async function demoCallers(tx: Tx): Promise<DemoAgent[]> {
  const rows = await selectRows<Row>(
    tx,
    `SELECT a.id, p.email, m.id AS employmentId, m.municipalityCode, m.startOn, m.endOn, m.openAgentId,
            CASE WHEN a.onboardingAttendedOn IS NOT NULL
                   OR EXISTS (SELECT 1 FROM attendance t WHERE t.agentId = a.id AND t.status = 'attended')
                 THEN 1 ELSE 0 END AS hasAttended
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

function newAgent({ id, email, hasAttended }: Row): DemoAgent {
  return { id, email, hasAttended: Number(hasAttended) === 1, periods: [], open: null };
}
