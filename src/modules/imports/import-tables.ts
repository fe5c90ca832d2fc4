import { Injectable } from '@nestjs/common';
import { DomainError, type FieldFault } from '../../common/domain-error.js';
import { emailKey } from '../../common/email.js';
import { translator } from '../../web/i18n/translate.js';
import { headingKey, mapColumns } from './cells.rules.js';
import { ColumnMappings } from './column-mappings.js';
import type { RowState } from './entities/import-row.entity.js';
import {
  ROW_CHANGES,
  type CheckedRow,
  type ImportActor,
  type ImportKind,
  type ImportOptions,
  type NamedCells,
  type RowChange,
  type RowNote,
} from './import-kinds.js';
import { readTable } from './read-table.js';
import {
  doubtfulColumns,
  type ColumnMapping,
  type TableHeader,
  type TableRow,
} from './table-header.rules.js';

/** A row as it is kept until it is written. */
export interface ImportLine {
  rowNumber: number;
  state: RowState;
  cells: NamedCells;
  /** The cells as they stand in the file. */
  original: string[];
  emailKey: string | null;
  faults: FieldFault[];
  note: RowNote | undefined;
}

/** A table as far as it is understood: with `raw` lines only when somebody must say what its columns mean. */
export interface ImportTable {
  header: TableHeader;
  options: ImportOptions;
  lines: ImportLine[];
  /** How many faultless rows change what; null for kinds that do not tell. */
  changes: Record<RowChange, number> | null;
  mails: number;
}

/** Understands tables: which column is which, what the rows say, what is wrong with them. */
@Injectable()
export class ImportTables {
  constructor(private readonly mappings: ColumnMappings) {}

  /** A file as it was uploaded. @throws DomainError `table_…`, `import_columns_missing`, `import_columns_repeated`, `import_no_columns` */
  async read(
    kind: ImportKind,
    content: Buffer,
    chosen: ImportOptions,
    actor: ImportActor,
  ): Promise<ImportTable> {
    const options = kind.options?.(chosen, []) ?? chosen;
    const rows = await readTable(content, kind.mappingFaults !== undefined);
    const { header, isUnderstood } = await this.headerOf(kind, rows, options);
    const body = rows.filter(({ number }) => number > header.row);
    if (body.length === 0) throw new DomainError('table_empty', 'rule');
    if (isUnderstood) return this.check(kind, header, body, options, actor);
    return { header, options, lines: body.map(rawLine), changes: null, mails: 0 };
  }

  /** The rows below the headings, once it is known what the columns mean. */
  async check(
    kind: ImportKind,
    header: TableHeader,
    rows: readonly TableRow[],
    chosen: ImportOptions,
    actor: ImportActor,
  ): Promise<ImportTable> {
    const named = rows.map((row) => ({ row, cells: namedCells(row.cells, header.mapping) }));
    const isData = named.map(({ cells }) => !kind.skip?.(cells));
    const table = named.flatMap(({ cells }, index) => (isData[index] ? [cells] : []));
    const options = kind.options?.(chosen, table) ?? chosen;
    const read = named.map(({ row, cells }, index) =>
      isData[index] ? readRow(kind, cells, options, row.number) : undefined,
    );
    const data = read.filter((row) => row !== undefined);
    await kind.check(data, actor);
    const lines = named.map(({ row, cells }, index) => lineOf(row, cells, read[index]));
    const valid = data.filter(({ faults, isSkipped }) => faults.length === 0 && !isSkipped);
    const mails = kind.mails(valid.map(({ input }) => input));
    return { header, options, lines, changes: changesOf(valid), mails };
  }

  private async headerOf(
    kind: ImportKind,
    rows: readonly TableRow[],
    options: ImportOptions,
  ): Promise<{ header: TableHeader; isUnderstood: boolean }> {
    if (!kind.mappingFaults) return { header: firstRow(kind, rows[0]!), isUnderstood: true };
    const found = await this.mappings.find(kind.name, rows, kind.columns);
    if (!found) throw new DomainError('import_no_columns', 'rule');
    const { header, isRemembered } = found;
    const isDoubtful = !isRemembered && doubtfulColumns(header.headings, kind.columns).length > 0;
    const faults = kind.mappingFaults(header.mapping, options);
    return { header, isUnderstood: !isDoubtful && Object.keys(faults).length === 0 };
  }
}

/** The headings that mean nothing to us; our own column of reasons, in a file that was mended, is none of them. */
export function ignoredHeadings({ headings, mapping }: TableHeader): string[] {
  const known = new Set(Object.values(mapping));
  const ours = ['da', 'en'].map((language) => headingKey(translator(language)('import.reasons')));
  return headings.filter(
    (heading, position) => heading !== '' && !known.has(position) && !ours.includes(headingKey(heading)),
  );
}

function firstRow(kind: ImportKind, { number, cells }: TableRow): TableHeader {
  const { positions, missing, repeated } = mapColumns(cells, kind.columns);
  if (missing.length > 0)
    throw new DomainError('import_columns_missing', 'rule', { args: { columns: missing.join(', ') } });
  if (repeated.length > 0)
    throw new DomainError('import_columns_repeated', 'rule', { args: { columns: repeated.join(', ') } });
  return { row: number, headings: cells, mapping: Object.fromEntries(positions), examples: [] };
}

function namedCells(cells: readonly string[], mapping: ColumnMapping): NamedCells {
  const named = Object.entries(mapping).map(([name, position]) => [name, (cells[position!] ?? '').trim()]);
  return Object.fromEntries(named) as NamedCells;
}

function readRow(
  kind: ImportKind,
  cells: NamedCells,
  options: ImportOptions,
  rowNumber: number,
): CheckedRow<unknown> {
  try {
    return { rowNumber, input: kind.read(cells, options), faults: [] };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { rowNumber, input: undefined, faults: error.options.faults ?? [{ field: '', code: error.code }] };
  }
}

function lineOf(
  { number, cells: original }: TableRow,
  cells: NamedCells,
  row?: CheckedRow<unknown>,
): ImportLine {
  const isSkipped = !row || row.isSkipped === true;
  const faults = isSkipped ? [] : row.faults;
  return {
    rowNumber: number,
    state: isSkipped ? 'skipped' : faults.length > 0 ? 'invalid' : 'valid',
    cells,
    original,
    emailKey: row?.emailKey ?? keyOf(cells, original),
    faults,
    note: isSkipped || faults.length > 0 ? undefined : row.note,
  };
}

function rawLine({ number, cells }: TableRow): ImportLine {
  return {
    rowNumber: number,
    state: 'raw',
    cells: {},
    original: cells,
    emailKey: keyOf({}, cells),
    faults: [],
    note: undefined,
  };
}

/** The address in the column of addresses, or, as long as none is known, whatever looks like one. */
function keyOf(cells: NamedCells, original: readonly string[]): string | null {
  const address = cells['email'] ?? original.find((cell) => /^[^\s@]+@[^\s@]+$/.test(cell));
  return address ? emailKey(address).slice(0, 500) : null;
}

function changesOf(rows: readonly CheckedRow<unknown>[]): Record<RowChange, number> | null {
  if (!rows.some(({ note }) => note)) return null;
  const count = (change: RowChange) => rows.filter(({ note }) => note?.change === change).length;
  return Object.fromEntries(ROW_CHANGES.map((change) => [change, count(change)])) as Record<
    RowChange,
    number
  >;
}
