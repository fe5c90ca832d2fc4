import { selectRows } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import type { MailReceiver } from '../../notifications/index.js';

/** One of the two in a talk. */
export interface TalkParty {
  to: MailReceiver & { personId: number };
  name: string;
  /** Whether mails reach the person: a user who may sign in, an agent who is employed. */
  isThere: boolean;
}

/** The two in a talk. */
export interface TalkPeople {
  agent: TalkParty;
  coach: TalkParty & { municipalityName: string };
}

interface Row {
  isCoach: number;
  personId: number;
  firstName: string;
  lastName: string;
  email: string;
  language: string;
  isThere: number;
  municipalityName: string;
}

/** The agent and the coach of a talk. */
export async function talkPeople(tx: Tx, talkId: number): Promise<TalkPeople> {
  const rows = await selectRows<Row>(
    tx,
    `SELECT 0 AS isCoach, p.id AS personId, p.firstName, p.lastName, p.email, p.language, u.name AS municipalityName,
            CASE WHEN EXISTS (SELECT 1 FROM employment m WHERE m.openAgentId = t.agentId) THEN 1 ELSE 0 END AS isThere
       FROM coaching_talk t JOIN agent a ON a.id = t.agentId JOIN person p ON p.id = a.personId
       JOIN municipality u ON u.code = t.agentMunicipalityCode WHERE t.id = ?
     UNION ALL
     SELECT 1, p.id, p.firstName, p.lastName, p.email, p.language, u.name, CASE WHEN p.deactivatedAt IS NULL THEN 1 ELSE 0 END
       FROM coaching_talk t JOIN person p ON p.id = t.coachPersonId
       JOIN municipality u ON u.code = t.coachMunicipalityCode WHERE t.id = ?`,
    [talkId, talkId],
  );
  const agent = rows.find(({ isCoach }) => isCoach === 0)!;
  const coach = rows.find(({ isCoach }) => isCoach === 1)!;
  return { agent: toParty(agent), coach: { ...toParty(coach), municipalityName: coach.municipalityName } };
}

function toParty({ personId, firstName, lastName, email, language, isThere }: Row): TalkParty {
  return {
    to: { personId, firstName, address: email, language },
    name: `${firstName} ${lastName}`,
    isThere: isThere === 1,
  };
}
