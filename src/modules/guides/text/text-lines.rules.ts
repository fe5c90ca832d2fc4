import type { Token } from 'markdown-it';
import { markdownTokens } from './markdown.rules.js';

/** What a line of a guide is. */
export type LineKind = 'heading' | 'text' | 'item' | 'row' | 'code';

/** A line as it is read, without marks of Markdown: a paragraph, a heading, a point of a list, a row of a table. */
export interface TextLine {
  kind: LineKind;
  text: string;
}

/** The lines of a guide's Markdown in the order in which they are read. */
export function textLines(source: string): TextLine[] {
  const lines: TextLine[] = [];
  let row: string[] | undefined;
  let kind: LineKind = 'text';
  for (const token of markdownTokens(source)) {
    if (token.type === 'heading_open') kind = 'heading';
    else if (token.type === 'list_item_open') kind = 'item';
    else if (token.type === 'tr_open') row = [];
    else if (token.type === 'tr_close') {
      lines.push({ kind: 'row', text: (row ?? []).join(' | ') });
      row = undefined;
    } else if (token.type === 'inline') {
      if (row) row.push(inlineText(token));
      else lines.push({ kind, text: inlineText(token) });
      // What follows the first paragraph of a point belongs to it, and is a paragraph.
      kind = 'text';
    } else if (token.type === 'fence' || token.type === 'code_block') lines.push(...codeLines(token.content));
  }
  return lines.filter(({ text }) => text !== '');
}

function codeLines(content: string): TextLine[] {
  return content
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((text) => ({ kind: 'code', text }));
}

/** The words of a line. The address of a link and the number of an image are part of them: another one is a change. */
function inlineText(token: Token): string {
  let text = '';
  let link: { href: string; from: number } | undefined;
  for (const child of token.children ?? []) {
    if (child.type === 'text' || child.type === 'code_inline') text += child.content;
    else if (child.type === 'softbreak' || child.type === 'hardbreak') text += ' ';
    else if (child.type === 'image') text += `[${imageText(child)}]`;
    else if (child.type === 'link_open')
      link = { href: String(child.attrGet('href') ?? ''), from: text.length };
    else if (child.type === 'link_close' && link) {
      const shown = text.slice(link.from);
      if (![link.href, link.href.replace(/^\w+:(\/\/)?/, '')].includes(shown)) text += ` (${link.href})`;
      link = undefined;
    }
  }
  return text.replace(/\s+/g, ' ').trim();
}

function imageText(image: Token): string {
  const number =
    String(image.attrGet('src') ?? '')
      .split('/')
      .at(-1) ?? '';
  return `${image.content} ${number}`.trim();
}
