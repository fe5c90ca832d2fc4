import { headingKey, mapColumns, type ColumnNames } from '../../imports/index.js';
import { parseDateTime } from './shift-times.rules.js';

/** What a column of a shift plan can say. */
export const SHIFT_COLUMNS = [
  'agentId',
  'phoneSystemId',
  'email',
  'agent',
  'date',
  'start',
  'end',
  'endDate',
] as const;

/** What a column of a shift plan can say. */
export type ShiftColumn = (typeof SHIFT_COLUMNS)[number];

/** Which column says what, by position. */
export type ShiftMapping = Partial<Record<ShiftColumn, number>>;

/** The columns by which a row can name its agent, the most exact first. */
export const AGENT_COLUMNS = ['agentId', 'phoneSystemId', 'email', 'agent'] as const;

const NAMES: Record<ShiftColumn, readonly string[]> = {
  agentId: ['Agent-id', 'Vagtklar-id'],
  phoneSystemId: [
    'Telefonsystem-id',
    'Telefon-id',
    'Phone id',
    'Agentnummer',
    'Agentnr',
    'Medarbejdernummer',
    'Medarbejdernr',
    'Employee number',
    'Initialer',
    'Initials',
    'Bruger-id',
    'User id',
    'Login',
    'Lokalnummer',
    'Extension',
  ],
  email: ['E-mail', 'Mail', 'E-mailadresse', 'Mailadresse', 'Arbejdsmail', 'E-mail address', 'Attendee'],
  agent: ['Medarbejder', 'Employee', 'Vagthavende', 'Person'],
  date: ['Dato', 'Dag', 'Day', 'Vagtdato', 'Startdato', 'Start date', 'Shift date'],
  start: [
    'Fra',
    'From',
    'Starttid',
    'Start time',
    'Starttidspunkt',
    'Mødetid',
    'Møder',
    'Starts at',
    'Fra kl',
    'Start kl',
    'Begin',
  ],
  end: [
    'Slut',
    'Til',
    'To',
    'Sluttid',
    'End time',
    'Sluttidspunkt',
    'Gåtid',
    'Går',
    'Ends at',
    'Til kl',
    'Slut kl',
    'Finish',
  ],
  endDate: ['Slutdato', 'End date'],
};

const COLUMNS: ColumnNames[] = SHIFT_COLUMNS.map((name) => ({ name, required: false, aliases: NAMES[name] }));
/** Titles and the like stand above the headings, and seldom more than this. */
export const SAMPLE_ROWS = 30;
const EXAMPLES = 5;

/** A row of a table. */
export interface PlanRow {
  /** As the spreadsheet counts. */
  number: number;
  cells: string[];
}

/** The row with the headings of a plan, and what is known about its columns. */
export interface PlanHeader {
  row: number;
  headings: string[];
  mapping: ShiftMapping;
  /** The first rows below it, to be looked at by whoever says what the columns mean. */
  examples: string[][];
}

/** How a row of headings is recognised again: the same words in the same order. */
export function headerSignature(headings: readonly string[]): string {
  return headings.map(headingKey).join('|').replace(/\|+$/, '');
}

/**
 * Finds the row with the headings among the first rows of a table: the one of which most columns are known, else the first of those
 * with the most cells.
 * @param remembered what was said the last time about a row of headings with this signature
 * @returns undefined for a table with less than two columns
 */
export function findHeader(
  rows: readonly PlanRow[],
  remembered: (signature: string) => ShiftMapping | undefined,
): PlanHeader | undefined {
  const wide = rows.filter((row) => widthOf(row) >= 2);
  if (wide.length === 0) return undefined;
  const known = wide.find(({ cells }) => remembered(headerSignature(cells)) !== undefined);
  const best = known ?? mostOf(wide, ({ cells }) => Object.keys(guess(cells)).length);
  const row = known ?? (Object.keys(guess(best.cells)).length > 1 ? best : mostOf(wide, widthOf));
  const examples = rows.filter(({ number }) => number > row.number).slice(0, EXAMPLES);
  return {
    row: row.number,
    headings: row.cells.map((cell) => cell.trim()),
    mapping: remembered(headerSignature(row.cells)) ?? guess(row.cells),
    examples: examples.map(({ cells }) => row.cells.map((_, position) => cells[position] ?? '')),
  };
}

/** What is missing before a plan can be read: codes by column; nothing when it can be. */
export function mappingFaults(
  mapping: ShiftMapping,
  examples: readonly string[][],
): Partial<Record<ShiftColumn, string>> {
  const faults: Partial<Record<ShiftColumn, string>> = {};
  if (AGENT_COLUMNS.every((column) => mapping[column] === undefined))
    faults.agent = 'shift_agent_column_missing';
  if (mapping.start === undefined) faults.start = 'shift_start_column_missing';
  if (mapping.end === undefined) faults.end = 'shift_end_column_missing';
  const { start } = mapping;
  if (start !== undefined && mapping.date === undefined) {
    const starts = examples.map((cells) => cells[start] ?? '').filter((cell) => cell.trim() !== '');
    if (!starts.some((cell) => parseDateTime(cell) !== undefined)) faults.date = 'shift_date_column_missing';
  }
  return faults;
}

/** The separator of a CSV text: whichever gives its lines most columns. A title above the headings has none and does not count. */
export function delimiterOfLines(lines: readonly string[]): ';' | ',' | '\t' {
  const count = (mark: string) =>
    lines.reduce((sum, line) => sum + line.replace(/"(?:[^"]|"")*"/g, '').split(mark).length - 1, 0);
  // A semicolon wins over more commas, which may stand in numbers.
  const [semicolons, tabs, commas] = [count(';'), count('\t'), count(',')];
  if (semicolons >= lines.length / 2 && semicolons > 0 && semicolons >= tabs) return ';';
  if (tabs >= lines.length / 2 && tabs > 0) return '\t';
  return commas > semicolons ? ',' : ';';
}

function guess(cells: readonly string[]): ShiftMapping {
  return Object.fromEntries(mapColumns(cells, COLUMNS).positions);
}

function widthOf({ cells }: PlanRow): number {
  return cells.filter((cell) => cell.trim() !== '').length;
}

function mostOf(rows: readonly PlanRow[], of: (row: PlanRow) => number): PlanRow {
  return rows.reduce((best, row) => (of(row) > of(best) ? row : best));
}
