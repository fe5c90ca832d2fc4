import { parseJson } from '../../common/http/parse-json.js';
import { hashToken } from '../../common/crypto.js';
import { messageIdIn, type ConnectionShape } from './adapters/read-message.js';
import type { ReceivedMessage } from './inbox.service.js';

/** What a host posted. */
export interface Delivery {
  headers: Record<string, unknown>;
  /** The body as it was sent; empty for a form. */
  body: Buffer;
  /** The fields, when it was a form. */
  form?: Record<string, unknown> | undefined;
}

/** What was in it. */
export interface ReadDelivery {
  /** Stands for the delivery in the answer. */
  messageId: string;
  messages: ReceivedMessage[];
  /** Nothing can be made of it: it is no JSON, or no UTF-8. */
  isBroken: boolean;
}

/** Bytes that are no text grow threefold when they are written as one; the beginning is enough to find out what was meant. */
const LONGEST_BROKEN = 20_000;

/** Ids longer than the column are taken by their hash. */
const ID = /^[\x21-\x7e]{1,190}$/;

/**
 * The messages in a delivery, each as it is stored. A form is its field `data`: the password beside it is kept nowhere.
 * An array of xAPI statements is as many messages, since each may be about another learner.
 * @param signedId the id that the signature covers; without one the message's own id counts, else a hash of its text, so
 * that what is sent again unchanged is the same message
 */
export function readDelivery(
  shape: ConnectionShape,
  delivery: Delivery,
  signedId: string | undefined,
): ReadDelivery {
  const { text, json, isBroken } = readText(delivery);
  const messageId = signedId ?? usableId(messageIdIn(shape, json)) ?? hashId(text);
  if (shape === 'xapi' && Array.isArray(json) && json.length > 0)
    return { messageId, messages: statements(json, messageId), isBroken };
  return { messageId, messages: [{ messageId, text, json, isBroken }], isBroken };
}

function statements(json: unknown[], deliveryId: string): ReceivedMessage[] {
  return json.map((statement, index) => {
    const part = `${deliveryId}/${index + 1}`;
    return {
      messageId: usableId(messageIdIn('xapi', statement)) ?? usableId(part) ?? hashId(part),
      text: JSON.stringify(statement),
      json: statement,
      isBroken: false,
    };
  });
}

/** A broken body is kept as well: somebody has to find out what the host meant. */
function readText({ body, form }: Delivery): Pick<ReceivedMessage, 'text' | 'json' | 'isBroken'> {
  const data = form?.['data'];
  const text = form ? (typeof data === 'string' ? data : '') : body.toString('utf8');
  try {
    if (!form) new TextDecoder('utf-8', { fatal: true }).decode(body);
    return { text, json: parseJson(text), isBroken: false };
  } catch {
    return { text: text.slice(0, LONGEST_BROKEN), json: undefined, isBroken: true };
  }
}

function usableId(id: string | undefined): string | undefined {
  return id !== undefined && ID.test(id) ? id : undefined;
}

function hashId(text: string): string {
  return `sha256:${hashToken(text)}`;
}
