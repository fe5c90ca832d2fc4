import { setImmediate } from 'node:timers/promises';
import { buffer } from 'node:stream/consumers';
import { inflateSync } from 'node:zlib';
import { translator } from '../../../web/i18n/translate.js';
import type { ListedRow } from './attendance.queries.js';
import { writeBadges } from './name-badges.js';
import { writeParticipants } from './participant-list.js';
import { PdfDocument } from './pdf-document.js';

const person = (agentId: number, firstName: string, lastName: string): ListedRow => ({
  agentId,
  bookingId: agentId,
  firstName,
  lastName,
  municipalityName: 'Lyngby-Taarbæk',
  attendance: null,
});
const people = (count: number) =>
  Array.from({ length: count }, (_, n) => person(n + 1, 'Charlotte-Amalie', `Ørsted ${n}`));

const list = (rows: ListedRow[]) =>
  new PdfDocument('Liste', 'da').stream((pdf) =>
    writeParticipants(pdf, { title: 'Liste', venue: 'DOKK1', rows, t: translator('da') }),
  );
const badges = (rows: ListedRow[]) =>
  new PdfDocument('Skilte', 'da').stream((pdf) => writeBadges(pdf, rows, 'DDH', 'Ingen'));

/** How many pages a document has. */
function pagesOf(pdf: Buffer): number {
  return pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
}

/** Everything in the streams of a document that can be read. */
function contentOf(pdf: Buffer): string {
  const texts: string[] = [];
  for (let at = pdf.indexOf('stream\n'); at !== -1; at = pdf.indexOf('stream\n', at + 1)) {
    const end = pdf.indexOf('\nendstream', at);
    try {
      if (end > at) texts.push(inflateSync(pdf.subarray(at + 7, end)).toString('latin1'));
    } catch {
      // Not a compressed one, or the end of one.
    }
  }
  return texts.join('\n');
}

describe('the documents of a day', () => {
  it.each([
    ['the list of participants', 0, 1, list],
    ['the list of participants', 1000, 42, list],
    ['the badges', 0, 1, badges],
    ['the badges', 8, 1, badges],
    ['the badges', 9, 2, badges],
    ['the badges', 1000, 125, badges],
  ])('%s with %i people has %i pages', async (_, count, pages, write) => {
    const pdf = await buffer(write(people(count)));
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.toString('latin1').trimEnd()).toMatch(/%%EOF$/);
    expect(pagesOf(pdf)).toBe(pages);
  });

  it('lets others have their turn between pages', async () => {
    let turns = 0;
    let isDone = false;
    const counting = (async () => {
      while (!isDone) {
        await setImmediate();
        turns += 1;
      }
    })();
    await buffer(badges(people(400)));
    isDone = true;
    await counting;
    expect(turns).toBeGreaterThanOrEqual(50);
  });

  it.each([
    'Åse Ørsted',
    'Şükrü Çağlayan İnanır',
    'Łucja Żółć',
    'Nguyễn Thị Ờ Đặng',
    'José Ñúñez',
    'Živa Đorđević',
  ])('has every letter of %s', async (name) => {
    const [firstName, ...rest] = name.split(' ');
    const content = contentOf(await buffer(badges([person(1, firstName!, rest.join(' '))])));
    // The map from glyphs to letters, by which the text of a document is searched and copied.
    const letters = [...new Set(name.replaceAll(' ', ''))];
    const missing = letters.filter(
      (letter) => !content.includes(`<${letter.codePointAt(0)!.toString(16).padStart(4, '0')}>`),
    );
    expect(missing).toEqual([]);
  });

  it('cuts what does not fit, and stops at no name', async () => {
    const odd = ['x'.repeat(100), '', '👩🏽‍💻', 'שלום', 'a\u0301'].map((name, n) => person(n, name, name));
    expect(pagesOf(await buffer(badges(odd)))).toBe(1);
    expect(pagesOf(await buffer(list(odd)))).toBe(1);
  });
});
