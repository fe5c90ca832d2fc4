import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../../database/database.js';
import { selectRows, toInstant } from '../../database/sql.js';
import type { ReasonEffect } from './readiness.rules.js';

/** What the secretariat decided about readiness. */
export interface ReadinessPolicyView {
  /** What a required guide does that has not been read. */
  unreadGuide: ReasonEffect;
  /** Who decided it; null while nobody has. */
  byName: string | null;
  since: string | null;
}

/** Reads what the secretariat decided about readiness. */
@Injectable()
export class ReadinessPolicyQueries {
  constructor(private readonly database: Database) {}

  /** The decision that counts; unread guides block until somebody decides otherwise. Inside a unit of work pass its tx. */
  async current(source: EntityManager = this.database.reader.manager): Promise<ReadinessPolicyView> {
    const [row] = await selectRows<{ unreadGuide: ReasonEffect; byName: string; since: string | Date }>(
      source,
      `SELECT y.unreadGuide, CONCAT(p.firstName, ' ', p.lastName) AS byName, y.createdAt AS since
         FROM readiness_policy y JOIN person p ON p.id = y.byPersonId ORDER BY y.id DESC LIMIT 1`,
    );
    if (!row) return { unreadGuide: 'blocks', byName: null, since: null };
    return { ...row, since: toInstant(row.since).toISOString() };
  }
}
