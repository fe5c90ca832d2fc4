import { toInstant, toInstantOrNull } from '../../database/sql.js';
import type { ConnectionShape } from './adapters/read-message.js';
import { LAST_ACCEPTED } from './connection-activity.queries.js';
import { refusedSinceAccepted, type Refusals } from './connection-health.rules.js';

/** A connection as the secretariat sees it; our own tests do not count as messages. */
export interface ConnectionRow {
  id: number;
  key: string;
  name: string;
  shape: ConnectionShape;
  courseIds: number[] | null;
  createdAt: string;
  version: number;
  lastMessageAt: string | null;
  /** When the last message came that could be read. */
  lastAcceptedAt: string | null;
  /** Until when the secret before this one counts; null when it does no more. */
  previousSecretEndsAt: string | null;
  /** Deliveries refused since one was taken. */
  refusedCount: number;
  refusedSince: string | null;
  lastRefusedAt: string | null;
  lastRefusalReason: string | null;
}

type Instants =
  | 'createdAt'
  | 'lastMessageAt'
  | 'lastAcceptedAt'
  | 'previousSecretEndsAt'
  | 'refusedSince'
  | 'lastRefusedAt';

/** The columns as the database gives them. */
export type RawConnection = Omit<ConnectionRow, Instants | 'courseIds'> &
  Record<Exclude<Instants, 'createdAt'>, string | Date | null> & {
    createdAt: string | Date;
    courseIds: string | null;
  };

/** The columns of a connection `c`; never a secret. */
export const CONNECTION_COLUMNS = `c.id, c.connectionKey AS \`key\`, c.name, c.shape, c.courseIds, c.createdAt, c.version,
  c.previousSecretEndsAt, c.refusedCount, c.refusedSince, c.lastRefusedAt, c.lastRefusalReason,
  (SELECT MAX(m.receivedAt) FROM inbox_message m WHERE m.connectionId = c.id AND m.status <> 'test') AS lastMessageAt,
  (${LAST_ACCEPTED.replace('?', 'c.id')}) AS lastAcceptedAt`;

/** The row as everybody reads it. */
export function toConnectionRow(raw: RawConnection, now: Date): ConnectionRow {
  const endsAt = toInstantOrNull(raw.previousSecretEndsAt);
  const refusals: Refusals = {
    refusedCount: raw.refusedCount,
    lastRefusedAt: toInstantOrNull(raw.lastRefusedAt),
    lastAcceptedAt: toInstantOrNull(raw.lastAcceptedAt),
  };
  return {
    ...raw,
    courseIds: raw.courseIds === null ? null : (JSON.parse(raw.courseIds) as number[]),
    createdAt: toInstant(raw.createdAt).toISOString(),
    lastMessageAt: toIso(raw.lastMessageAt),
    lastAcceptedAt: toIso(raw.lastAcceptedAt),
    previousSecretEndsAt: endsAt && endsAt > now ? endsAt.toISOString() : null,
    refusedCount: refusedSinceAccepted(refusals),
    refusedSince: toIso(raw.refusedSince),
    lastRefusedAt: toIso(raw.lastRefusedAt),
  };
}

/** What a row says of refused deliveries. */
export function refusalsOf({ refusedCount, lastRefusedAt, lastAcceptedAt }: ConnectionRow): Refusals {
  return {
    refusedCount,
    lastRefusedAt: lastRefusedAt === null ? null : new Date(lastRefusedAt),
    lastAcceptedAt: lastAcceptedAt === null ? null : new Date(lastAcceptedAt),
  };
}

function toIso(value: string | Date | null): string | null {
  return toInstantOrNull(value)?.toISOString() ?? null;
}
