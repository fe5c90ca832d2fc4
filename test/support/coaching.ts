import { UnitOfWork, type Tx } from '../../src/database/unit-of-work.js';
import { execute, insertRow, selectRows } from '../../src/database/sql.js';
import { hashPassword } from '../../src/modules/identity/index.js';
import type { MonthClosing, QualityCase } from '../../src/modules/quality/index.js';
import { PASSWORD, signIn, type Api } from './api.js';
import { addPerson, anAgent, unique } from './builders.js';
import { setPolicy } from './quality.js';
import type { TestApp } from './test-app.js';

const STREAK = ['2026-06', '2026-07', '2026-08'];

/** An agent who takes calls, and the case that the leader has been told of. */
export interface CaseAgent {
  agentId: number;
  personId: number;
  email: string;
  lastName: string;
  caseId: number;
}

/** Registers an agent of the leader's municipality with a case before the leader. */
export async function addCaseAgent(
  app: TestApp,
  leader: Api,
  changes: Partial<QualityCase> = {},
): Promise<CaseAgent> {
  const { body } = await leader.post('/agents', anAgent({ kind: 'existing', startOn: '2025-01-01' }));
  const agentId = body['id'] as number;
  const caseId = await app.get(UnitOfWork).run((tx) => addCase(tx, app.clock.now(), agentId, changes));
  return { agentId, personId: body['personId'], email: body['email'], lastName: body['lastName'], caseId };
}

/** A case of three months, of which the leader has been told unless changed. */
export async function addCase(
  tx: Tx,
  at: Date,
  agentId: number,
  changes: Partial<QualityCase> = {},
): Promise<number> {
  const [employment] = await selectRows<{ id: number; municipalityCode: string }>(
    tx,
    'SELECT id, municipalityCode FROM employment WHERE openAgentId = ?',
    [agentId],
  );
  const closingId = await insertRow<MonthClosing>(tx, 'month_closing', {
    month: STREAK.at(-1)!,
    policyId: await setPolicy(tx),
    closedByPersonId: 1,
    closedAt: at,
    finalAt: at,
    undoneByPersonId: null,
    undoneAt: null,
  });
  const caseId = await insertRow<QualityCase>(tx, 'quality_case', {
    agentId,
    employmentId: employment!.id,
    municipalityCode: employment!.municipalityCode,
    closingId,
    streakFrom: STREAK[0]!,
    streakTo: STREAK.at(-1)!,
    liveStreakFrom: STREAK[0]!,
    state: 'notified',
    agentNoticeAt: at,
    agentToldAt: at,
    leaderNoticeAt: at,
    leaderToldAt: at,
    endedAt: null,
    endReason: null,
    isTalkRelevant: null,
    createdAt: at,
    version: 1,
    ...changes,
  });
  for (const month of STREAK)
    await execute(
      tx,
      'INSERT INTO quality_case_month (caseId, month, answered, resolved, warmTransferred, followUpOf) VALUES (?, ?, 77, 31, NULL, NULL)',
      [caseId, month],
    );
  return caseId;
}

/** Somebody in the secretariat who may be asked; signed in. */
export interface TestCoach {
  personId: number;
  email: string;
}

/** Adds one of the municipality, with the grant. */
export async function addCoach(
  app: TestApp,
  secretariat: Api,
  municipalityCode: string,
  roles: ('secretariat' | 'leader')[] = ['secretariat'],
): Promise<TestCoach> {
  const email = `sparring.${unique()}@ddh.test`;
  const personId = await app.get(UnitOfWork).run((tx) => addPerson(app, tx, email, roles, municipalityCode));
  const { status } = await secretariat.call('PUT', `/api/v1/coaches/${personId}`);
  if (status !== 204) throw new Error(`The coach was refused: ${status}`);
  return { personId, email };
}

/** Signs an agent in with the password of the tests. */
export async function signInAgent(
  app: TestApp,
  { personId, email }: Pick<CaseAgent, 'personId' | 'email'>,
): Promise<Api> {
  const hash = await hashPassword(PASSWORD);
  await app
    .get(UnitOfWork)
    .run((tx) => execute(tx, 'UPDATE person SET passwordHash = ? WHERE id = ?', [hash, personId]));
  return signIn(app, email);
}
