import { DomainError } from '../../../../common/domain-error.js';
import type { TableRow } from '../../../imports/index.js';
import { cellText, positionOf } from './workbook-cells.rules.js';
import { saxParser, workbookParts, type WorkbookParts } from './workbook-parts.js';
import { WorkbookZip } from './workbook-zip.js';

const MOST_COLUMNS = 200;
const LONGEST_CELL = 1_000;
/** No sheet has more rows. */
const LAST_ROW = 1_048_576;

/** The rows of a workbook's first sheet, read piece by piece. @throws DomainError `table_unreadable`, `workbook_counts_otherwise` */
export async function* workbookRows(path: string): AsyncGenerator<TableRow> {
  const zip = await WorkbookZip.open(path).catch(unreadable);
  try {
    const sheet = new SheetReader(await workbookParts(zip));
    for await (const text of zip.text(sheet.name)) yield* sheet.take(text);
    sheet.end();
  } catch (error) {
    unreadable(error);
  } finally {
    zip.close();
  }
}

function unreadable(error: unknown): never {
  throw error instanceof DomainError ? error : new DomainError('table_unreadable', 'rule');
}

/** Turns the text of a sheet into rows. */
class SheetReader {
  readonly name: string;
  private rows: TableRow[] = [];
  private number = 0;
  private cells: string[] = [];
  private cell = { position: 0, type: '', style: 0, text: '' };
  private isValue = false;
  private readonly parser = saxParser({
    open: (name, attributes) => this.open(name, attributes),
    text: (text) => this.text(text),
    close: (name) => this.close(name),
  });

  constructor(private readonly parts: WorkbookParts) {
    this.name = parts.sheet;
  }

  /** The rows that end in this piece. */
  take(text: string): TableRow[] {
    this.rows = [];
    this.parser.write(text);
    return this.rows;
  }

  /** @throws Error when the sheet is broken off */
  end(): void {
    this.parser.close();
  }

  private open(name: string, { r, t, s }: Record<string, string>): void {
    if (name === 'row') {
      const at = Number(r);
      this.number = Number.isInteger(at) && at > 0 && at <= LAST_ROW ? at : this.number + 1;
      this.cells = [];
    } else if (name === 'c') {
      const position = positionOf(r ?? '') ?? this.cells.length;
      this.cell = { position, type: t ?? 'n', style: Number(s ?? 0), text: '' };
    }
    this.isValue = name === 'v' || name === 't';
  }

  private text(text: string): void {
    if (this.isValue && this.cell.text.length < LONGEST_CELL) this.cell.text += text;
  }

  private close(name: string): void {
    this.isValue = false;
    if (name === 'c' && this.cell.position < MOST_COLUMNS) {
      while (this.cells.length < this.cell.position) this.cells.push('');
      this.cells[this.cell.position] = this.shown();
    }
    if (name === 'row' && this.cells.some((cell) => cell.trim() !== ''))
      this.rows.push({ number: this.number, cells: this.cells });
  }

  private shown(): string {
    const { type, style, text } = this.cell;
    if (type === 's') return this.parts.texts[Number(text)] ?? '';
    return type === 'n' ? cellText(text, this.parts.dateStyles[style] ?? false) : text;
  }
}
