import sax from 'sax';
import { DomainError } from '../../../../common/domain-error.js';
import { isDateFormat } from './workbook-cells.rules.js';
import type { WorkbookZip } from './workbook-zip.js';

/** Texts of cells are kept in memory; a plan has few that differ. */
const MOST_TEXT = 20 * 1024 * 1024;

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
  const handlers: Partial<sax.SAXParser> = {
    onopentag: ({ name, attributes }) => on.open(local(name), attributes as Attributes),
    ontext: (text) => on.text?.(text),
    oncdata: (text) => on.text?.(text),
    onclosetag: (name) => on.close?.(local(name)),
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
      if (size > MOST_TEXT) throw new Error('too much text');
      current += text;
    },
    close: (name) => {
      isText = false;
      if (name === 'rPh') isSpoken = false;
      if (name === 'si') texts.push(current);
    },
  });
  return texts;
}

async function styles(zip: WorkbookZip): Promise<boolean[]> {
  const dates: boolean[] = [];
  if (!zip.has('xl/styles.xml')) return dates;
  const codes = new Map<number, string>();
  let isCell = false;
  await walk(zip, 'xl/styles.xml', {
    open: (name, { numFmtId, formatCode }) => {
      if (name === 'numFmt') codes.set(Number(numFmtId), formatCode ?? '');
      if (name === 'cellXfs') isCell = true;
      if (name === 'xf' && isCell)
        dates.push(isDateFormat(Number(numFmtId ?? 0), codes.get(Number(numFmtId))));
    },
    close: (name) => {
      if (name === 'cellXfs') isCell = false;
    },
  });
  return dates;
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
