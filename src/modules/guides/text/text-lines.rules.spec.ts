import { textLines } from './text-lines.rules.js';

describe('the lines of a guide as they are read', () => {
  it.each<[string, [string, string][]]>([
    [
      '# Pas\n\nEt *pas*\nkoster **178** kr.',
      [
        ['heading', 'Pas'],
        ['text', 'Et pas koster 178 kr.'],
      ],
    ],
    [
      '- a\n- b\n\n  c\n1. d',
      [
        ['item', 'a'],
        ['item', 'b'],
        ['text', 'c'],
        ['item', 'd'],
      ],
    ],
    [
      '| Pas | Pris |\n|---|---|\n| Barn | `178` |',
      [
        ['row', 'Pas | Pris'],
        ['row', 'Barn | 178'],
      ],
    ],
    [
      '```\na  b\n\nc\n```',
      [
        ['code', 'a  b'],
        ['code', 'c'],
      ],
    ],
    ['> citat', [['text', 'citat']]],
    ['Se [borger.dk](https://borger.dk/pas)', [['text', 'Se borger.dk (https://borger.dk/pas)']]],
    ['https://pas.dk', [['text', 'https://pas.dk']]],
    ['![Knap](/guides/billeder/7)', [['text', '[Knap 7]']]],
    ['<b>a</b> &amp; b', [['text', '<b>a</b> & b']]],
    ['\n\n---\n', []],
  ])('%j', (source, lines) => {
    expect(textLines(source).map(({ kind, text }) => [kind, text])).toEqual(lines);
  });
});
