import type { Cmi } from './starting-data.rules.js';

/** What stands in place of something nobody is to see of a single person. */
const HIDDEN = '…';

/** Answers, comments, scores and time spent are the learner's own; long texts are told by their length. */
const PRIVATE = new Set([
  'interactions',
  'comments',
  'comments_from_learner',
  'score',
  'session_time',
  'total_time',
]);
const LONG = 200;

/**
 * The data model for somebody who helps: enough to see where it is stuck, without answers, scores and time spent, which nobody sees of a
 * single person. Content may keep answers in its own notes as well, so of those only the length is told.
 */
export function supportView(cmi: Cmi): Cmi {
  return Object.fromEntries(
    Object.entries(cmi).map(([name, value]) => [name, PRIVATE.has(name) ? HIDDEN : shown(name, value)]),
  );
}

function shown(name: string, value: unknown): unknown {
  if (typeof value === 'string')
    return name === 'suspend_data' || value.length > LONG ? `${HIDDEN} (${value.length})` : value;
  if (typeof value !== 'object' || value === null) return value;
  return supportView(value as Cmi);
}
