import type { ColumnMapping, ColumnNames, TableHeader } from '../../imports/index.js';
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
export type ShiftMapping = ColumnMapping<ShiftColumn>;

/** The row with the headings of a plan, and what is known about its columns. */
export type PlanHeader = TableHeader<ShiftColumn>;

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

/** The columns with the headings that they may have. */
export const SHIFT_COLUMN_NAMES: readonly ColumnNames<ShiftColumn>[] = SHIFT_COLUMNS.map((name) => ({
  name,
  required: false,
  aliases: NAMES[name],
}));

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
