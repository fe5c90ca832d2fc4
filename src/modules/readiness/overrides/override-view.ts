import type { OverrideRow } from './override.queries.js';
import type { OverrideView } from './override.schemas.js';

/** The override as the API shows it. */
export function viewOverride(row: OverrideRow): OverrideView {
  return { ...row, startsAt: row.startsAt.toISOString(), createdAt: row.createdAt.toISOString() };
}
