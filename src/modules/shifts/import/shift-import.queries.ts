import { Injectable } from '@nestjs/common';
import { DomainError, type FieldFault } from '../../../common/domain-error.js';
import { decodeCursor, toPage, type Page } from '../../../common/pagination.js';
import { Database } from '../../../database/database.js';
import { fromJson, toInstantOrNull } from '../../../database/sql.js';
import { faultMessage } from '../../../web/problems/fault-message.js';
import type { Translator } from '../../../web/i18n/translate.js';
import type { ShiftRowState } from '../entities/shift-import-row.entity.js';
import type { PlanFormat, ShiftImportState } from '../entities/shift-import.entity.js';
import type { PlanCovers } from '../entities/shift-plan.entity.js';
import type { PlanHeader } from './shift-columns.rules.js';

/** An import with its counts. */
export interface ShiftImportView {
  id: number;
  source: 'upload' | 'feed';
  fileName: string;
  format: PlanFormat;
  state: ShiftImportState;
  /** Rows of the file: those that can be used, those that cannot, and why. */
  total: number;
  valid: number;
  invalid: number;
  unknown: number;
  duplicates: number;
  /** What would change in the plan. */
  differences: { new: number; moved: number; gone: number; same: number };
  changes: number;
  done: number;
  covers: PlanCovers;
  coversFrom: string | null;
  coversTo: string | null;
  header: PlanHeader | null;
  refusal: string | null;
  createdAt: string;
  finishedAt: string | null;
}

/** A row that needs to be looked at. */
export interface ShiftImportRowView {
  row: number;
  state: ShiftRowState;
  agent: string | null;
  errors: { row: number; field: string; code: string; message: string }[];
}

type Counts =
  'total' | 'faulty' | 'unknownRows' | 'duplicates' | 'same' | 'added' | 'moved' | 'gone' | 'done';
type Raw = Pick<ShiftImportView, 'id' | 'source' | 'fileName' | 'format' | 'state' | 'covers' | 'refusal'> &
  Record<Counts, number> &
  Record<'coversFrom' | 'coversTo' | 'createdAt' | 'finishedAt', string | Date | null> & {
    header: string | PlanHeader | null;
  };

const IMPORT = `SELECT id, source, fileName, format, state, covers, refusal, total, faulty, unknownRows, duplicates, same, added, moved,
    gone, done, coversFrom, coversTo, createdAt, finishedAt, header FROM shift_import`;

/** Reads imports of the shift plan; they are the secretariat's. */
@Injectable()
export class ShiftImportQueries {
  constructor(private readonly database: Database) {}

  /** One import. @throws DomainError `not_found` */
  async find(importId: number): Promise<ShiftImportView> {
    const raw = await this.database.selectOne<Raw>(`${IMPORT} WHERE id = ?`, [importId]);
    if (!raw) throw new DomainError('not_found', 'not_found');
    return toView(raw);
  }

  /** The latest ones. */
  async latest(): Promise<ShiftImportView[]> {
    return (await this.database.select<Raw>(`${IMPORT} ORDER BY id DESC LIMIT 10`)).map(toView);
  }

  /** Rows that need to be looked at: faulty ones, of somebody unknown, or said twice. */
  async rows(
    importId: number,
    filter: { state: Exclude<ShiftRowState, 'ok'>; limit: number; cursor?: string | undefined },
    t: Translator,
  ): Promise<Page<ShiftImportRowView>> {
    const cursor = decodeCursor(filter.cursor, ['number', 'number']);
    const rows = await this.database.select<{
      id: number;
      rowNumber: number;
      state: ShiftRowState;
      agentText: string | null;
      faults: string | null;
    }>(
      `SELECT id, rowNumber, state, agentText, faults FROM shift_import_row WHERE importId = ? AND state = ?
        ${cursor ? 'AND (rowNumber > ? OR (rowNumber = ? AND id > ?))' : ''} ORDER BY rowNumber, id LIMIT ?`,
      [importId, filter.state, ...(cursor ? [cursor[0]!, cursor[0]!, cursor[1]!] : []), filter.limit + 1],
    );
    const page = toPage(rows, filter.limit, (row) => [row.rowNumber, row.id]);
    return {
      ...page,
      items: page.items.map(({ rowNumber, state, agentText, faults }) => ({
        row: rowNumber,
        state,
        agent: agentText,
        errors: faultsOf(state, faults).map((fault) => ({
          row: rowNumber,
          field: fault.field,
          code: fault.code,
          message: faultMessage(fault, t),
        })),
      })),
    };
  }

  /** The names in the file that are nobody's we know, most rows first. */
  async unknownAgents(importId: number): Promise<{ agent: string; rows: number }[]> {
    const rows = await this.database.select<{ agent: string; count: number | string }>(
      `SELECT agentText AS agent, COUNT(*) AS count FROM shift_import_row WHERE importId = ? AND state = 'unknown'
        GROUP BY agentText ORDER BY COUNT(*) DESC, agentText LIMIT 100`,
      [importId],
    );
    return rows.map(({ agent, count }) => ({ agent, rows: Number(count) }));
  }
}

function toView({ faulty, unknownRows, added, moved, gone, same, header, ...raw }: Raw): ShiftImportView {
  return {
    ...raw,
    valid: raw.total - faulty - unknownRows - raw.duplicates,
    invalid: faulty,
    unknown: unknownRows,
    differences: { new: added, moved, gone, same },
    changes: added + moved + gone,
    coversFrom: toInstantOrNull(raw.coversFrom)?.toISOString() ?? null,
    coversTo: toInstantOrNull(raw.coversTo)?.toISOString() ?? null,
    header: header === null ? null : fromJson<PlanHeader>(header),
    createdAt: toInstantOrNull(raw.createdAt)!.toISOString(),
    finishedAt: toInstantOrNull(raw.finishedAt)?.toISOString() ?? null,
  };
}

function faultsOf(state: ShiftRowState, faults: string | null): FieldFault[] {
  if (faults) return JSON.parse(faults) as FieldFault[];
  return state === 'unknown' ? [{ field: 'agent', code: 'unknown_agent' }] : [];
}
