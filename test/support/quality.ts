import { addDays, instantAt, type LocalDate } from '../../src/common/local-date.js';
import { insertIgnore, insertRow, selectRows, execute } from '../../src/database/sql.js';
import type { Tx } from '../../src/database/unit-of-work.js';
import type { Agent, Employment } from '../../src/modules/agents/index.js';
import type { QualityPolicyVersion } from '../../src/modules/quality/index.js';
import { unique } from './builders.js';

/** Answered calls, those resolved at once, and those handed over in person where it is told. */
export type Calls = readonly [answered: number, resolved: number, warmTransferred?: number];

const LONG_AGO = new Date('2026-01-01T08:00:00Z');

/** Signs the agreement with a municipality; figures on single agents are kept from the day on. */
export async function signAgreement(tx: Tx, municipalityCode: string, figuresFrom: string): Promise<void> {
  await execute(
    tx,
    `INSERT INTO figures_agreement (municipalityCode, signedOn, figuresFrom, byPersonId, createdAt, version) VALUES (?, ?, ?, ?, ?, 1)`,
    [municipalityCode, '2025-01-01', figuresFrom, await anybody(tx), LONG_AGO],
  );
}

/** Makes a version of the policy, the steering group's unless changed, applying from January 2026; gives its id. */
export async function setPolicy(
  tx: Tx,
  changes: Partial<Omit<QualityPolicyVersion, 'id'>> = {},
): Promise<number> {
  return insertRow<QualityPolicyVersion>(tx, 'quality_policy', {
    thresholdNumerator: 1,
    thresholdDenominator: 2,
    months: 3,
    watchMonths: 2,
    minimumCalls: 0,
    warmTransferCounts: false,
    appliesFrom: '2026-01',
    agentFirstDays: 2,
    undoHours: 24,
    byPersonId: await anybody(tx),
    createdAt: LONG_AGO,
    ...changes,
  });
}

/** Notes that months have been imported; who has no figure in one answered no call. */
export async function importMonths(tx: Tx, months: readonly string[]): Promise<void> {
  for (const month of months)
    await execute(
      tx,
      `${insertIgnore(tx)} INTO resolution_month (month, importedAt, changedAt) VALUES (?, ?, ?)`,
      [month, LONG_AGO, LONG_AGO],
    );
}

/** Writes an agent's figures by month, in the place of those it has, and notes that the months have been imported. */
export async function addFigures(tx: Tx, agentId: number, calls: Record<string, Calls>): Promise<void> {
  await importMonths(tx, Object.keys(calls));
  for (const [month, [answered, resolved, warmTransferred]] of Object.entries(calls)) {
    await execute(tx, 'DELETE FROM resolution_figure WHERE agentId = ? AND month = ?', [agentId, month]);
    await execute(
      tx,
      'INSERT INTO resolution_figure (agentId, month, answered, resolved, warmTransferred, changedAt) VALUES (?, ?, ?, ?, ?, ?)',
      [agentId, month, answered, resolved, warmTransferred ?? null, LONG_AGO],
    );
  }
}

/** Everything of quality that a closing reads or writes, those first that lean on others. */
const CLOSING_TABLES = [
  'quality_case_month',
  'quality_case',
  'closing_exclusion',
  'month_closing',
  'quality_policy',
  'figures_agreement',
  'resolution_figure',
  'resolution_month',
];

/** Takes away closings with their cases, the policy, agreements and figures. */
export async function clearClosings(tx: Tx): Promise<void> {
  for (const table of CLOSING_TABLES) await execute(tx, `DELETE FROM ${table}`);
}

/** Lets an agent work for another municipality from a day on, without all that comes with a transfer. */
export async function transferTo(
  tx: Tx,
  agentId: number,
  { on, municipalityCode, leaderId }: { on: LocalDate; municipalityCode: string; leaderId: number },
): Promise<void> {
  await execute(
    tx,
    "UPDATE employment SET openAgentId = NULL, endOn = ?, endReason = 'transferred' WHERE openAgentId = ?",
    [addDays(on, -1), agentId],
  );
  await insertRow<Employment>(tx, 'employment', {
    agentId,
    openAgentId: agentId,
    municipalityCode,
    leaderId,
    kind: 'existing',
    startOn: on,
    effectiveFromOn: on,
    endOn: null,
    endReason: null,
    firstShiftOn: null,
    createdAt: instantAt(on, '08:00'),
  });
}

/** Agents of a municipality since 2025, all with the same calls by month, without all that comes with a registration. */
export async function addManyAgents(
  tx: Tx,
  count: number,
  municipalityCode: string,
  calls: Record<string, Calls>,
): Promise<number[]> {
  const ids: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const agentId = await addAgentRow(tx, municipalityCode);
    await addFigures(tx, agentId, calls);
    ids.push(agentId);
  }
  return ids;
}

async function addAgentRow(tx: Tx, municipalityCode: string): Promise<number> {
  const name = `Mange ${unique()}`;
  const email = `${name.replace(' ', '.').toLowerCase()}@mange.test`;
  const { insertId: personId } = await execute(
    tx,
    `INSERT INTO person (firstName, lastName, nameSortKey, email, emailKey, language, isDemo, createdAt, version)
     VALUES ('Anna', ?, ?, ?, ?, 'da', 0, ?, 1)`,
    [name, name.toLowerCase(), email, email, LONG_AGO],
  );
  const row = { personId, phoneSystemId: null, onboardingAttendedOn: null, createdAt: LONG_AGO, version: 1 };
  const agentId = await insertRow<Agent>(tx, 'agent', row);
  await insertRow<Employment>(tx, 'employment', {
    agentId,
    openAgentId: agentId,
    municipalityCode,
    leaderId: null,
    kind: 'existing',
    startOn: '2025-01-06',
    effectiveFromOn: '2025-01-06',
    endOn: null,
    endReason: null,
    firstShiftOn: null,
    createdAt: LONG_AGO,
  });
  return agentId;
}

async function anybody(tx: Tx): Promise<number> {
  const [row] = await selectRows<{ id: number }>(tx, 'SELECT MIN(id) AS id FROM person');
  return row!.id;
}
