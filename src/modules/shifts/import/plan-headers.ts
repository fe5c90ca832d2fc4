import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { DomainError } from '../../../common/domain-error.js';
import { ENV, type Env } from '../../../config/env.js';
import { Database } from '../../../database/database.js';
import { execute, fromJson, orUpdate, placeholders } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import { delimiterOfFile } from './files/csv-rows.js';
import { planRows } from './files/plan-rows.js';
import { PlanStore, type StoredPlan } from './files/plan-store.js';
import {
  findHeader,
  headerSignature,
  SAMPLE_ROWS,
  type PlanHeader,
  type PlanRow,
  type ShiftMapping,
} from './shift-columns.rules.js';

/** What is known about a stored file before its rows are read. */
export interface FileHead {
  delimiter: string;
  /** Null for a calendar. */
  header: PlanHeader | null;
}

/** Finds the headings of plans, and remembers what somebody has said about them. */
@Injectable()
export class PlanHeaders {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly store: PlanStore,
  ) {}

  /** @throws DomainError `table_unreadable`, `table_empty`, `workbook_counts_otherwise` */
  async of({ storedAs, format, encoding }: StoredPlan): Promise<FileHead> {
    const path = this.store.pathOf(storedAs);
    const delimiter = format === 'csv' ? await delimiterOfFile(path, encoding) : ';';
    const rows: PlanRow[] = [];
    for await (const row of planRows({ path, format, encoding, delimiter }, this.env.TZ_NAME)) {
      rows.push({ number: row.number, cells: row.cells.map((cell) => cell.slice(0, 100)) });
      if (rows.length >= SAMPLE_ROWS) break;
    }
    if (rows.length === 0) throw new DomainError('table_empty', 'rule');
    if (format === 'ics') return { delimiter, header: null };
    const remembered = await this.remembered(rows);
    const header = findHeader(rows, (signature) => remembered.get(hashOf(signature)));
    if (!header) throw new DomainError('shift_plan_no_columns', 'rule');
    return { delimiter, header };
  }

  /** Remembers what the columns under these headings mean. */
  async remember(
    tx: Tx,
    headings: readonly string[],
    mapping: ShiftMapping,
    personId: number,
  ): Promise<void> {
    await execute(
      tx,
      `INSERT INTO shift_mapping (signatureHash, mapping, savedByPersonId, savedAt) VALUES (?, ?, ?, ?)${orUpdate(
        tx,
        ['signatureHash'],
        ['mapping', 'savedByPersonId', 'savedAt'],
      )}`,
      [hashOf(headerSignature(headings)), JSON.stringify(mapping), personId, this.clock.now()],
    );
  }

  private async remembered(rows: readonly PlanRow[]): Promise<Map<string, ShiftMapping>> {
    const hashes = rows.map(({ cells }) => hashOf(headerSignature(cells)));
    const known = await this.database.select<{ signatureHash: string; mapping: string | ShiftMapping }>(
      `SELECT signatureHash, mapping FROM shift_mapping WHERE signatureHash IN (${placeholders(hashes)})`,
      hashes,
    );
    return new Map(known.map((row) => [row.signatureHash, fromJson<ShiftMapping>(row.mapping)]));
  }
}

function hashOf(signature: string): string {
  return createHash('sha256').update(signature).digest('hex');
}
