import type { ListedRow } from './attendance.queries.js';
import { A4, type PdfDocument } from './pdf-document.js';

const COLUMNS = 2;
const ROWS = 4;
const A_PAGE = COLUMNS * ROWS;
const WIDTH = A4.width / COLUMNS;
const HEIGHT = A4.height / ROWS;
const PADDING = 22;
/** Sizes of the first name: it is to be read across a table, and a long one still fits. */
const LARGEST = 40;
const SMALLEST = 18;

/** Writes a badge for each, eight a page, with lines to cut along; one sentence when there is nobody. */
export async function writeBadges(
  pdf: PdfDocument,
  rows: readonly ListedRow[],
  organisation: string,
  nobody: string,
): Promise<void> {
  for (const [place, row] of rows.entries()) {
    if (place % A_PAGE === 0) {
      await pdf.page();
      writeCuts(pdf);
    }
    writeBadge(pdf, row, organisation, place % A_PAGE);
  }
  if (rows.length > 0) return;
  await pdf.page();
  pdf.line({ text: nobody, x: PADDING, y: PADDING, width: A4.width - 2 * PADDING, size: 11 });
}

function writeCuts(pdf: PdfDocument): void {
  for (let column = 1; column < COLUMNS; column += 1) pdf.rule(column * WIDTH, 0, column * WIDTH, A4.height);
  for (let row = 1; row < ROWS; row += 1) pdf.rule(0, row * HEIGHT, A4.width, row * HEIGHT);
}

function writeBadge(pdf: PdfDocument, row: ListedRow, organisation: string, place: number): void {
  const x = (place % COLUMNS) * WIDTH + PADDING;
  const y = Math.floor(place / COLUMNS) * HEIGHT + PADDING;
  const box = { x, width: WIDTH - 2 * PADDING, align: 'center' } as const;
  pdf.largeLine({ ...box, text: row.firstName, y: y + 24, isBold: true }, LARGEST, SMALLEST);
  pdf.largeLine({ ...box, text: row.lastName, y: y + 78 }, 20, 12);
  pdf.line({ ...box, text: row.municipalityName, y: y + 110, size: 14 });
  pdf.line({ ...box, text: organisation, y: y + 146, size: 9 });
}
