import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '../../../common/domain-error.js';
import { ENV, type Env } from '../../../config/env.js';
import type { Tx } from '../../../database/unit-of-work.js';
import { ColumnMappings, SAMPLE_ROWS, type TableRow } from '../../imports/index.js';
import { delimiterOfFile } from './files/csv-rows.js';
import { planRows } from './files/plan-rows.js';
import { PlanStore, type StoredPlan } from './files/plan-store.js';
import { SHIFT_COLUMN_NAMES, type PlanHeader, type ShiftMapping } from './shift-columns.rules.js';

const KIND = 'shifts';

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
    private readonly store: PlanStore,
    private readonly mappings: ColumnMappings,
  ) {}

  /** @throws DomainError `table_unreadable`, `table_empty`, `workbook_counts_otherwise` */
  async of({ storedAs, format, encoding }: StoredPlan): Promise<FileHead> {
    const path = this.store.pathOf(storedAs);
    const delimiter = format === 'csv' ? await delimiterOfFile(path, encoding) : ';';
    const rows: TableRow[] = [];
    for await (const row of planRows({ path, format, encoding, delimiter }, this.env.TZ_NAME)) {
      rows.push({ number: row.number, cells: row.cells.map((cell) => cell.slice(0, 100)) });
      if (rows.length >= SAMPLE_ROWS) break;
    }
    if (rows.length === 0) throw new DomainError('table_empty', 'rule');
    if (format === 'ics') return { delimiter, header: null };
    const found = await this.mappings.find(KIND, rows, SHIFT_COLUMN_NAMES);
    if (!found) throw new DomainError('shift_plan_no_columns', 'rule');
    return { delimiter, header: found.header };
  }

  /** Remembers what the columns under these headings mean. */
  remember(tx: Tx, headings: string[], mapping: ShiftMapping, personId: number): Promise<void> {
    return this.mappings.remember(tx, KIND, { headings, mapping }, personId);
  }
}
