import sax from 'sax';
import { DomainError } from '../../../../common/domain-error.js';
import { isDateFormat } from './workbook-cells.rules.js';
import type { WorkbookZip } from './workbook-zip.js';

/** Texts of cells are kept in memory; a plan has few that differ. */
const MOST_TEXT = 20 * 1024 * 1024;
const MOST_TEXTS = 1_000_000;
/** Excel itself allows no more. */
const MOST_STYLES = 65_490;
const DEEPEST = 64;
const MOST_ATTRIBUTES = 64;

type Attributes = Record<string, string>;

/** What is to be known before a sheet can be read. */
export interface WorkbookParts {
  sheet: string;
  texts: string[];
  /** Whether cells of a style show a day or a time. */
  dateStyles: boolean[];
}

/** @throws DomainError `workbook_counts_otherwise`; Error for anything that is no workbook */
export async function workbookParts(zip: WorkbookZip): Promise<WorkbookParts> {
  return { sheet: await firstSheet(zip), texts: await sharedTexts(zip), dateStyles: await styles(zip) };
}

/** Reads a part and tells of each element that begins, and of the text between. */
export async function walk(
  zip: WorkbookZip,
  part: string,
  on: {
    open: (name: string, attributes: Attributes) => void;
    text?: (text: string) => void;
    close?: (name: string) => void;
  },
): Promise<void> {
  const parser = saxParser(on);
  for await (const text of zip.text(part)) parser.write(text);
  parser.close();
}

/** A parser that knows elements by their local names, and throws at the first fault. */
export function saxParser(on: {
  open: (name: string, attributes: Attributes) => void;
  text?: (text: string) => void;
  close?: (name: string) => void;
}): sax.SAXParser {
  let [depth, count] = [0, 0];
  const handlers: Partial<sax.SAXParser> = {
    onattribute: () => {
      count += 1;
      refuseBeyond(count, MOST_ATTRIBUTES);
    },
    onopentag: ({ name, attributes }) => {
      count = 0;
      depth += 1;
      refuseBeyond(depth, DEEPEST);
      on.open(local(name), attributes as Attributes);
    },
    ontext: (text) => on.text?.(text),
    oncdata: (text) => on.text?.(text),
    onclosetag: (name) => {
      depth -= 1;
      on.close?.(local(name));
    },
    onerror: (error) => {
      throw error;
    },
  };
  return Object.assign(sax.parser(true, { trim: false, normalize: false }), handlers);
}

async function firstSheet(zip: WorkbookZip): Promise<string> {
  let relation: string | undefined;
  let counts1904 = false;
  await walk(zip, 'xl/workbook.xml', {
    open: (name, attributes) => {
      if (name === 'sheet') relation ??= attributes['r:id'];
      if (name === 'workbookPr') counts1904 = ['1', 'true'].includes(attributes['date1904'] ?? '');
    },
  });
  if (counts1904) throw new DomainError('workbook_counts_otherwise', 'rule');
  let target = 'worksheets/sheet1.xml';
  if (zip.has('xl/_rels/workbook.xml.rels'))
    await walk(zip, 'xl/_rels/workbook.xml.rels', {
      open: (name, { Id, Target }) => {
        if (name === 'Relationship' && Id === relation && Target) target = Target;
      },
    });
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
}

async function sharedTexts(zip: WorkbookZip): Promise<string[]> {
  const texts: string[] = [];
  if (!zip.has('xl/sharedStrings.xml')) return texts;
  let [current, isText, isSpoken, size] = ['', false, false, 0];
  await walk(zip, 'xl/sharedStrings.xml', {
    open: (name) => {
      if (name === 'si') current = '';
      if (name === 'rPh') isSpoken = true;
      isText = name === 't' && !isSpoken;
    },
    text: (text) => {
      if (!isText) return;
      size += text.length;
      refuseBeyond(size, MOST_TEXT);
      current += text;
    },
    close: (name) => {
      isText = false;
      if (name === 'rPh') isSpoken = false;
      if (name === 'si') refuseBeyond(texts.push(current), MOST_TEXTS);
    },
  });
  return texts;
}

async function styles(zip: WorkbookZip): Promise<boolean[]> {
  const dates: boolean[] = [];
  if (!zip.has('xl/styles.xml')) return dates;
  const codes = new Map<number, string>();
  const judged = new Map<number, boolean>();
  const isDate = (id: number) => {
    const known = judged.get(id) ?? isDateFormat(id, codes.get(id));
    judged.set(id, known);
    return known;
  };
  let isCell = false;
  await walk(zip, 'xl/styles.xml', {
    open: (name, { numFmtId, formatCode }) => {
      if (name === 'numFmt') refuseBeyond(codes.set(Number(numFmtId), formatCode ?? '').size, MOST_STYLES);
      if (name === 'cellXfs') isCell = true;
      if (name === 'xf' && isCell) refuseBeyond(dates.push(isDate(Number(numFmtId ?? 0))), MOST_STYLES);
    },
    close: (name) => {
      if (name === 'cellXfs') isCell = false;
    },
  });
  return dates;
}

/** @throws Error when there is more of something than a workbook of a plan has */
function refuseBeyond(count: number, most: number): void {
  if (count > most) throw new Error('too much of something');
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
