import { diffArrays } from 'diff';
import type { LineKind, TextLine } from './text-lines.rules.js';
import { textParts, type TextPart } from './text-parts.rules.js';

/** A line of what was changed; `gap` stands for lines in between that are as they were. */
export interface LineChange {
  state: 'same' | 'added' | 'removed' | 'changed' | 'gap';
  kind: LineKind;
  parts: TextPart[];
}

/** Beyond so many changed lines the text counts as written anew. */
const MOST_EDITS = 1_000;
/** So much of the words of two lines must be the same, for one to be the other changed. */
const ALIKE = 0.5;
/** Beyond so many pairs nobody looks which line became which. */
const MOST_PAIRS = 10_000;

/**
 * What was changed between two texts, line by line as they are read, with a line before and after each change and the heading
 * above it. Null when the text was written anew; empty when nothing that is read was changed.
 */
export function lineChanges(before: readonly TextLine[], after: readonly TextLine[]): LineChange[] | null {
  const hunks = diffArrays([...before], [...after], { comparator: isSame, maxEditLength: MOST_EDITS });
  if (!hunks) return null;
  const changes: LineChange[] = [];
  let removed: TextLine[] = [];
  for (const { value, added, removed: isRemoved } of hunks) {
    if (isRemoved) {
      removed = value;
      continue;
    }
    changes.push(...(added ? replaced(removed, value) : [...all('removed', removed), ...all('same', value)]));
    removed = [];
  }
  changes.push(...all('removed', removed));
  if (changes.length > 0 && !changes.some(({ state }) => keeps(state))) return null;
  return withoutTheRest(changes);
}

function keeps(state: LineChange['state']): boolean {
  return state === 'same' || state === 'changed';
}

function isSame(a: TextLine, b: TextLine): boolean {
  return a.kind === b.kind && a.text === b.text;
}

function all(state: 'same' | 'added' | 'removed', lines: readonly TextLine[]): LineChange[] {
  return lines.map(({ kind, text }) => ({ state, kind, parts: [{ kind: state, text }] }));
}

/** Lines that took the place of others: each with the one it was made from, where there is one. */
function replaced(removed: readonly TextLine[], added: readonly TextLine[]): LineChange[] {
  if (removed.length * added.length > MOST_PAIRS) return [...all('removed', removed), ...all('added', added)];
  const changes: LineChange[] = [];
  const candidates = added.map(({ kind, text }) => ({ kind, words: wordsOf(text) }));
  let from = 0;
  for (const line of removed) {
    const words = wordsOf(line.text);
    const at = candidates.findIndex(
      (other, index) => index >= from && other.kind === line.kind && isAlike(words, other.words),
    );
    if (at < 0) changes.push(...all('removed', [line]));
    else {
      const { kind, text } = added[at]!;
      changes.push(...all('added', added.slice(from, at)), {
        state: 'changed',
        kind,
        parts: textParts(line.text, text),
      });
      from = at + 1;
    }
  }
  return [...changes, ...all('added', added.slice(from))];
}

function isAlike(left: Set<string>, right: Set<string>): boolean {
  const shared = [...left].filter((word) => right.has(word)).length;
  return (2 * shared) / (left.size + right.size) >= ALIKE;
}

function wordsOf(text: string): Set<string> {
  return new Set(
    text
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter(Boolean),
  );
}

/** Leaves out what is as it was, but for the lines around a change and the heading above it. */
function withoutTheRest(changes: readonly LineChange[]): LineChange[] {
  const shown = new Set<number>();
  let heading: number | undefined;
  for (const [index, { state, kind }] of changes.entries()) {
    if (kind === 'heading') heading = index;
    if (state === 'same') continue;
    for (const near of [heading ?? index, index - 1, index, index + 1])
      if (near >= 0 && near < changes.length) shown.add(near);
  }
  const kept: LineChange[] = [];
  let last = -1;
  for (const index of [...shown].sort((a, b) => a - b)) {
    if (kept.length > 0 && index > last + 1) kept.push(GAP);
    kept.push(changes[index]!);
    last = index;
  }
  return kept;
}

const GAP: LineChange = { state: 'gap', kind: 'text', parts: [] };
