import type { Translator } from '../../../web/i18n/translate.js';
import type { ListedRow } from './attendance.queries.js';
import { A4, type PdfDocument } from './pdf-document.js';

/** What the list says. */
export interface ParticipantList {
  title: string;
  venue: string;
  rows: readonly ListedRow[];
  t: Translator;
}

const MARGIN = 42;
const TOP = 118;
const ROW = 27;
const BOTTOM = A4.height - 60;
/** Where the columns begin, and where the last one ends. */
const COLUMNS = [MARGIN, MARGIN + 28, 250, 375, A4.width - MARGIN] as const;
/** Empty rows at the end, for those who come without a seat. */
const SPARE_ROWS = 5;
const ROWS_A_PAGE = Math.floor((BOTTOM - TOP) / ROW);

/** Writes the list of a day with a column to sign in; the heads of the columns stand on every page. */
export async function writeParticipants(pdf: PdfDocument, list: ParticipantList): Promise<void> {
  const rows = [...list.rows, ...Array.from({ length: SPARE_ROWS }, () => null)];
  const pages = Math.ceil(rows.length / ROWS_A_PAGE);
  for (let page = 0; page < pages; page += 1) {
    await pdf.page();
    writeHead(pdf, list, page + 1, pages);
    for (const [place, row] of rows.slice(page * ROWS_A_PAGE, (page + 1) * ROWS_A_PAGE).entries())
      writeRow(pdf, row, page * ROWS_A_PAGE + place + 1, TOP + place * ROW);
  }
}

function writeHead(
  pdf: PdfDocument,
  { title, venue, t }: ParticipantList,
  page: number,
  pages: number,
): void {
  const width = A4.width - 2 * MARGIN;
  pdf.line({ text: title, x: MARGIN, y: 42, width, size: 18, isBold: true });
  pdf.line({ text: venue, x: MARGIN, y: 68, width, size: 11 });
  const heads = ['', t('dayDocuments.name'), t('agents.municipality'), t('dayDocuments.signature')];
  for (const [column, text] of heads.entries())
    pdf.line({ text, ...cell(column), y: TOP - 17, size: 10, isBold: true });
  pdf.rule(MARGIN, TOP, A4.width - MARGIN, TOP);
  const text = t('dayDocuments.page', { page, pages });
  pdf.line({ text, x: MARGIN, y: A4.height - 40, width, size: 9 });
}

function writeRow(pdf: PdfDocument, row: ListedRow | null, number: number, y: number): void {
  const texts = row
    ? [String(number), `${row.firstName} ${row.lastName}`, row.municipalityName]
    : [String(number)];
  for (const [column, text] of texts.entries()) pdf.largeLine({ text, ...cell(column), y: y + 8 }, 11, 7);
  pdf.rule(MARGIN, y + ROW, A4.width - MARGIN, y + ROW);
}

function cell(column: number): { x: number; width: number } {
  return { x: COLUMNS[column]!, width: COLUMNS[column + 1]! - COLUMNS[column]! - 8 };
}
