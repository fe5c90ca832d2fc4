import { parseJson } from '../../common/http/parse-json.js';
import { readMessage, type ConnectionShape } from './adapters/read-message.js';
import type { UnderstoodMessage } from './adapters/understood-message.js';

/** What a message was read as, for a page to put into words; an empty value is one the message does not tell. */
export interface ReadAs {
  /** The reference, or the address and the course's code, in the order in which they are tried. */
  targets: { reference?: string; email?: string; courseCode?: string | null }[];
  occurredAt: string | null;
  completion: UnderstoodMessage['completion'];
  success: UnderstoodMessage['success'];
  /** In an object of its own, since a template takes 0 for nothing. */
  score: { scaled: number } | null;
  time: { seconds: number } | null;
  counts: boolean;
}

/** Reads a stored message again, as it was read when it came; undefined when it is not understood. */
export function readAs(shape: ConnectionShape, body: string): ReadAs | undefined {
  const understood = understand(shape, body);
  if (!understood) return undefined;
  const { targets, occurredAt, completion, success, scoreScaled, seconds, counts } = understood;
  return {
    targets: targets.map((target) =>
      'enrolment' in target ? { reference: target.enrolment } : { ...target },
    ),
    occurredAt: occurredAt?.toISOString() ?? null,
    completion,
    success,
    score: scoreScaled === null ? null : { scaled: scoreScaled },
    time: seconds === null ? null : { seconds },
    counts,
  };
}

/** The same without the words; undefined too for what is no JSON. */
export function understand(shape: ConnectionShape, body: string): UnderstoodMessage | undefined {
  try {
    return readMessage(shape, parseJson(body));
  } catch {
    return undefined;
  }
}
