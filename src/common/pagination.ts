import { z } from 'zod';
import { DomainError } from './domain-error.js';

/** Query parameters that every list takes. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50).meta({ description: 'rows per page' }),
  cursor: z.string().max(500).optional().meta({ description: 'nextCursor of the page before' }),
};

/** One page of a list; `nextCursor` is null on the last one. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** A page of a list that is short enough to be read whole; the cursor is a position. */
export function pageOfWhole<T>(
  rows: readonly T[],
  query: { limit: number; cursor?: string | undefined },
): Page<T> {
  const [start] = decodeCursor(query.cursor, ['number']) ?? [0];
  const from = Number(start);
  const end = from + query.limit;
  return { items: rows.slice(from, end), nextCursor: end < rows.length ? encodeCursor([end]) : null };
}

/** The sort key of the last row of a page, opaque to the caller. */
export function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** The sort key in a cursor. @throws DomainError `invalid_cursor` when it was not made by us for this list */
export function decodeCursor(cursor: string | undefined, shape: readonly ('string' | 'number')[]) {
  if (cursor === undefined) return undefined;
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(key) && key.length === shape.length && key.every((part, i) => typeof part === shape[i]))
      return key as (string | number)[];
  } catch {
    // falls through to the refusal
  }
  throw new DomainError('invalid_cursor', 'malformed', {
    faults: [{ field: 'cursor', code: 'invalid_cursor' }],
  });
}

/** Cuts the surplus row that was read to learn whether there is a next page. */
export function toPage<T>(rows: T[], limit: number, keyOf: (row: T) => (string | number)[]): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? encodeCursor(keyOf(last)) : null };
}
