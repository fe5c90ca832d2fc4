import { isLocalDate } from '../../common/local-date.js';

/** Two dates that a day may be written as in Denmark: `21.11.2026`, `21-11-2026`, `21/11/2026`, also without leading zeros. */
const DANISH_DATE = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/;

/** The day as `YYYY-MM-DD`; the text itself when it is none, so that the field's own check names the fault. */
export function isoDate(text: string): string {
  const trimmed = text.trim();
  const danish = DANISH_DATE.exec(trimmed);
  if (danish) return `${danish[3]}-${danish[2]!.padStart(2, '0')}-${danish[1]!.padStart(2, '0')}`;
  // A spreadsheet may add the time of day to a date.
  const day = /^(\d{4}-\d{2}-\d{2})[T ]00:00(:00(\.0+)?)?Z?$/.exec(trimmed)?.[1];
  return day && isLocalDate(day) ? day : trimmed;
}

/** Ja/nej, yes/no, x, 1/0, true/false; undefined when the cell says neither. */
export function yesOrNo(text: string): boolean | undefined {
  const word = text.trim().toLowerCase();
  if (['ja', 'yes', 'x', '1', 'true', 'sand', 'y', 'j'].includes(word)) return true;
  return ['nej', 'no', '0', 'false', 'falsk', 'n', ''].includes(word) ? false : undefined;
}

/** A heading in the form in which headings are compared: lower case, letters, digits and `%` only. */
export function headingKey(heading: string): string {
  return heading
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}%]/gu, '');
}

/** Headings by the names they may have. */
export interface ColumnNames<Name extends string = string> {
  name: Name;
  required: boolean;
  /** Other headings that mean the same. */
  aliases: readonly string[];
}

/** Which column of a table is which. */
export interface ColumnMap {
  /** Position by name. */
  positions: Map<string, number>;
  missing: string[];
  ignored: string[];
  repeated: string[];
}

/** Finds the known columns among the headings of a table, whatever their order. */
export function mapColumns(headings: readonly string[], columns: readonly ColumnNames[]): ColumnMap {
  const byKey = new Map(
    columns.flatMap((column) =>
      [column.name, ...column.aliases].map((alias) => [headingKey(alias), column.name]),
    ),
  );
  const map: ColumnMap = { positions: new Map(), missing: [], ignored: [], repeated: [] };
  headings.forEach((heading, position) => {
    const name = byKey.get(headingKey(heading));
    if (name === undefined) {
      if (heading.trim() !== '') map.ignored.push(heading.trim());
    } else if (map.positions.has(name)) map.repeated.push(heading.trim());
    else map.positions.set(name, position);
  });
  map.missing = columns
    .filter((column) => column.required && !map.positions.has(column.name))
    .map(({ name }) => name);
  return map;
}
