import { Injectable, type OnModuleInit } from '@nestjs/common';
import { execute } from '../../database/sql.js';
import { UnitOfWork, type Tx } from '../../database/unit-of-work.js';
import { PersonalData, Retention, type PersonalHolding } from '../privacy/index.js';

const OWN_AGENT = '(SELECT id FROM agent WHERE personId = ?)';
// A row of nobody we know may name the person by the address all the same.
const OWN_ROW = `(agentId IN ${OWN_AGENT} OR (agentText IS NOT NULL AND LOWER(agentText) = (SELECT emailKey FROM person WHERE id = ?)))`;

const HOLDINGS: PersonalHolding[] = [
  {
    table: 'shift',
    select: `SELECT startsAt, endsAt, source FROM shift WHERE agentId IN ${OWN_AGENT} ORDER BY startsAt`,
    erase: (tx, personId) => remove(tx, 'shift', `agentId IN ${OWN_AGENT}`, [personId]),
  },
  { table: 'shift_plan', select: 'SELECT url, covers FROM shift_plan WHERE setByPersonId = ?' },
  { table: 'shift_import', select: 'SELECT fileName, createdAt FROM shift_import WHERE actorPersonId = ?' },
  {
    table: 'shift_import_row',
    select: `SELECT rowNumber, startsAt, endsAt, agentText FROM shift_import_row WHERE ${OWN_ROW}`,
    erase: (tx, personId) => remove(tx, 'shift_import_row', OWN_ROW, [personId, personId]),
  },
  {
    table: 'shift_import_agent',
    select: `SELECT importId, added, moved, gone FROM shift_import_agent WHERE agentId IN ${OWN_AGENT}`,
    erase: (tx, personId) => remove(tx, 'shift_import_agent', `agentId IN ${OWN_AGENT}`, [personId]),
  },
];

async function remove(tx: Tx, table: string, where: string, values: readonly number[]): Promise<void> {
  await execute(tx, `DELETE FROM ${table} WHERE ${where}`, values);
}

/** What the module holds about a person. */
@Injectable()
export class ShiftPersonalData implements OnModuleInit {
  constructor(
    private readonly personalData: PersonalData,
    private readonly retention: Retention,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  onModuleInit(): void {
    this.personalData.register(...HOLDINGS);
    this.retention.register({ key: 'shift_imports', months: 1, run: (before) => this.purge(before) });
  }

  /** Uploaded plans are working papers: what they became stands in the plan. */
  private purge(before: Date): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      const old = 'SELECT id FROM shift_import WHERE createdAt < ?';
      for (const table of ['shift_import_row', 'shift_import_agent'])
        await execute(tx, `DELETE FROM ${table} WHERE importId IN (${old})`, [before]);
      return (await execute(tx, 'DELETE FROM shift_import WHERE createdAt < ?', [before])).affected;
    });
  }
}
