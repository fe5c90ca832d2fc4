import fc from 'fast-check';
import { markdownChanges } from './markdown-changes.rules.js';
import type { TextPart } from './text-parts.rules.js';

const side = (parts: TextPart[], left: 'added' | 'removed') =>
  parts
    .filter(({ kind }) => kind !== left)
    .map(({ text }) => text)
    .join('');

describe('what was changed in Markdown', () => {
  it('is told by lines, and by words where a line was replaced', () => {
    expect(
      markdownChanges('# Pas\n\nEt pas koster 178 kr.\n', '# Pas\n\nEt pas koster 192 kr.\n\nNyt.\n'),
    ).toEqual([
      { kind: 'same', text: '# Pas\n\n' },
      { kind: 'same', text: 'Et pas koster ' },
      { kind: 'removed', text: '178' },
      { kind: 'added', text: '192' },
      { kind: 'same', text: ' kr.\n' },
      { kind: 'added', text: '\nNyt.\n' },
    ]);
    expect(markdownChanges('a', 'a')).toEqual([{ kind: 'same', text: 'a' }]);
    expect(markdownChanges('', '')).toEqual([]);
  });

  it('put together is the one text and the other', () => {
    const text = fc
      .array(fc.constantFrom('a', ' ', '\n', 'ord', '# ', '| b |', 'ø'))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const parts = markdownChanges(before, after);
        expect(side(parts, 'removed')).toBe(after);
        expect(side(parts, 'added')).toBe(before);
      }),
    );
  });

  it('takes texts that have nothing in common as a whole', () => {
    const many = (word: string) => Array.from({ length: 5000 }, (_, n) => `${word}${n}`).join('\n');
    expect(markdownChanges(many('a'), many('b')).map(({ kind }) => kind)).toEqual(['removed', 'added']);
  });
});
