import { readOwnMessage } from './own.adapter.js';
import { readRusticiMessage, rusticiMessageId } from './rustici.adapter.js';
import { readScormCommit } from './scorm-commit.adapter.js';
import type { UnderstoodMessage } from './understood-message.js';
import { readXapiMessage, xapiMessageId } from './xapi.adapter.js';

/** The forms in which e-learning hosts report. */
export const CONNECTION_SHAPES = ['own', 'rustici', 'xapi', 'scorm-commit'] as const;

/** A form in which a host reports. */
export type ConnectionShape = (typeof CONNECTION_SHAPES)[number];

interface Adapter {
  read: (json: unknown) => UnderstoodMessage | undefined;
  /** What the message calls itself, where the host gives it a name that lasts. */
  messageId?: (json: unknown) => string | undefined;
}

const ADAPTERS: Record<ConnectionShape, Adapter> = {
  own: { read: readOwnMessage },
  rustici: { read: readRusticiMessage, messageId: rusticiMessageId },
  xapi: { read: readXapiMessage, messageId: xapiMessageId },
  'scorm-commit': { read: readScormCommit },
};

/** What a message of the shape says; undefined when it is not understood. */
export function readMessage(shape: ConnectionShape, json: unknown): UnderstoodMessage | undefined {
  return ADAPTERS[shape].read(json);
}

/** What a message of the shape calls itself, when it does. */
export function messageIdIn(shape: ConnectionShape, json: unknown): string | undefined {
  return ADAPTERS[shape].messageId?.(json);
}
