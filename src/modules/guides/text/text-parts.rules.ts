import { diffWordsWithSpace, type Change } from 'diff';

/** A piece of a text that was changed. */
export interface TextPart {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** Beyond so many changed words the two are told apart as a whole: nobody could follow it word by word. */
const MOST_EDITS = 400;

/** What was changed between two texts, by words. What is `same` or `added`, put together, is the later text. */
export function textParts(before: string, after: string): TextPart[] {
  if (before === after) return before === '' ? [] : [{ kind: 'same', text: before }];
  const changes = diffWordsWithSpace(before, after, { maxEditLength: MOST_EDITS });
  if (changes) return changes.map(toPart);
  return [...whole('removed', before), ...whole('added', after)];
}

/** A change of the library as one of ours. */
export function toPart({ value, added, removed }: Change): TextPart {
  return { kind: added ? 'added' : removed ? 'removed' : 'same', text: value };
}

function whole(kind: TextPart['kind'], text: string): TextPart[] {
  return text === '' ? [] : [{ kind, text }];
}
