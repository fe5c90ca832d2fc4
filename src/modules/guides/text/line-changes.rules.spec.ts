import fc from 'fast-check';
import { lineChanges, type LineChange } from './line-changes.rules.js';
import { textLines, type TextLine } from './text-lines.rules.js';

const changes = (before: string, after: string) => lineChanges(textLines(before), textLines(after));
const states = (found: LineChange[] | null) => found?.map(({ state }) => state);

describe('what was changed, line by line', () => {
  it('is nothing when only marks of Markdown were', () => {
    expect(changes('# Pas\n\nEt **pas**', 'Pas\n===\n\nEt pas')).toEqual([]);
  });

  it('shows a changed line with its words, the line on either side and the heading above', () => {
    const text = (price: number) =>
      `# Pas\n\nEn.\n\nTo.\n\nTre.\n\nEt pas til et barn koster ${price} kr.\n\nFire.\n\nFem.\n\nSeks.`;
    const found = changes(text(178), text(192));
    expect(states(found)).toEqual(['same', 'gap', 'same', 'changed', 'same']);
    expect(found![0]!.kind).toBe('heading');
    expect(found![3]!.parts).toEqual([
      { kind: 'same', text: 'Et pas til et barn koster ' },
      { kind: 'removed', text: '178' },
      { kind: 'added', text: '192' },
      { kind: 'same', text: ' kr.' },
    ]);
  });

  it('tells new and removed lines from changed ones', () => {
    expect(states(changes('a\n\nb', 'a\n\nnyt her\n\nb'))).toEqual(['same', 'added', 'same']);
    expect(states(changes('a\n\nvæk\n\nb', 'a\n\nb'))).toEqual(['same', 'removed', 'same']);
    expect(states(changes('a\n\nhelt andre ord\n\nb', 'a\n\nnoget nyt\n\nb'))).toEqual([
      'same',
      'removed',
      'added',
      'same',
    ]);
    expect(states(changes('- et to tre', 'et to tre'))).toEqual(undefined);
    expect(states(changes('x\n\n- et to tre', 'x\n\net to tre'))).toEqual(['same', 'removed', 'added']);
  });

  it('gives up where nothing is as it was', () => {
    expect(changes('a\n\nb', 'c\n\nd')).toBeNull();
    expect(changes('', 'c')).toBeNull();
    expect(changes('', '')).toEqual([]);
    const many = (word: string) => Array.from({ length: 3000 }, (_, n) => `${word} ${n}`).join('\n\n');
    expect(changes(many('a'), many('b'))).toBeNull();
  });

  it('tells of every line that came or went, whatever was changed', () => {
    const line: fc.Arbitrary<TextLine> = fc.record({
      kind: fc.constantFrom('text', 'item', 'heading'),
      text: fc.constantFrom('a', 'b', 'a b c', 'a b d', 'e f'),
    });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), fc.array(line, { maxLength: 12 }), (before, after) => {
        const found = lineChanges(before, after);
        if (found === null) return;
        const told = (side: 'added' | 'removed') =>
          found
            .filter(({ state }) => state === side || state === 'changed')
            .map(({ parts }) => parts.filter(({ kind }) => kind === 'same' || kind === side))
            .map((parts) => parts.map(({ text }) => text).join(''));
        // What is on one side and not told of must be on the other side too.
        const rest = (lines: TextLine[], side: 'added' | 'removed') => {
          const left = lines.map(({ text }) => text);
          for (const text of told(side)) left.splice(left.indexOf(text), 1);
          return left.sort();
        };
        expect(rest(after, 'added')).toEqual(rest(before, 'removed'));
      }),
    );
  });
});
