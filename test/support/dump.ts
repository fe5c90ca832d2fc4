import type { TestApp } from './test-app.js';
import { TestClock } from './test-clock.js';

/** A clock that stands still, so that two runs note the same instants. */
export class StillClock extends TestClock {
  constructor(private instant: string) {
    super();
  }

  override now(): Date {
    return new Date(this.instant);
  }

  override set(instant: string): void {
    this.instant = instant;
  }
}

/** What is drawn by lot, or encrypted, and therefore new each time. */
const DRAWN = new Set([
  'reference',
  'passwordHash',
  'tokenHash',
  'sealedLinks',
  'sealedSecret',
  'connectionKey',
  'body',
  'calendarUid',
  'calendar',
]);

/** Everything in some tables, sorted by key, without what is drawn by lot. */
export async function dumpOf(app: TestApp, tables: readonly string[]): Promise<Record<string, unknown[]>> {
  const dumped: Record<string, unknown[]> = {};
  for (const table of tables)
    dumped[table] = (await app.rows(`SELECT * FROM ${table} ORDER BY 1`)).map((row) =>
      Object.fromEntries(Object.entries(row).filter(([column]) => !DRAWN.has(column))),
    );
  return dumped;
}
