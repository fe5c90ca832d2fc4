import { diffLines } from 'diff';
import { textParts, toPart, type TextPart } from './text-parts.rules.js';

/** Beyond so many changed lines the text counts as written anew. */
const MOST_EDITS = 2_000;

/**
 * What was changed between two versions of a Markdown text: by lines, and within lines that were replaced by words. What is
 * `same` or `added`, put together, is the later text.
 */
export function markdownChanges(before: string, after: string): TextPart[] {
  const lines = diffLines(before, after, { maxEditLength: MOST_EDITS })?.map(toPart);
  if (!lines) return textParts(before, after);
  const parts: TextPart[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const [line, next] = [lines[index]!, lines[index + 1]];
    if (line.kind === 'removed' && next?.kind === 'added') {
      parts.push(...textParts(line.text, next.text));
      index += 1;
    } else parts.push(line);
  }
  return parts;
}
