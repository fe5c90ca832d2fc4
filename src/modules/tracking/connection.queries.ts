import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { SecretBox } from '../../common/crypto.js';
import { ENV, type Env } from '../../config/env.js';
import { Database } from '../../database/database.js';
import { toInstant, toInstantOrNull } from '../../database/sql.js';

/** A connection with what is needed to check its messages. */
export interface OpenConnection {
  id: number;
  name: string;
  /** The secret, and the one before it while that still counts. */
  secrets: string[];
  /** Null when it may report on every course. */
  courseIds: number[] | null;
}

/** A connection as the secretariat sees it. */
export interface ConnectionRow {
  id: number;
  key: string;
  name: string;
  shape: string;
  courseIds: number[] | null;
  createdAt: string;
  lastMessageAt: string | null;
}

const MOST_OPENED = 100;

/** What the secrets of connections are encrypted for. */
export const CONNECTION_SECRETS = 'connection-secrets';

type Raw = Omit<ConnectionRow, 'courseIds' | 'createdAt' | 'lastMessageAt'> & {
  courseIds: string | null;
  createdAt: string | Date;
  lastMessageAt: string | Date | null;
};

/** Reads connections. */
@Injectable()
export class ConnectionQueries {
  private readonly box: SecretBox;
  /** Opened secrets by their sealed form; each message of a host would open the same one again. */
  private readonly opened = new Map<string, string>();

  constructor(
    @Inject(ENV) env: Env,
    private readonly clock: Clock,
    private readonly database: Database,
  ) {
    this.box = new SecretBox(env.APP_SECRET, CONNECTION_SECRETS);
  }

  /** The connection a webhook's address names. */
  async open(key: string): Promise<OpenConnection | undefined> {
    const row = await this.database.selectOne<{
      id: number;
      name: string;
      sealedSecret: string;
      previousSecret: string | null;
      previousSecretEndsAt: string | Date | null;
      courseIds: string | null;
    }>(
      'SELECT id, name, sealedSecret, previousSecret, previousSecretEndsAt, courseIds FROM connection WHERE connectionKey = ?',
      [key],
    );
    return (
      row && {
        id: row.id,
        name: row.name,
        secrets: this.secretsOf(row),
        courseIds: parseIds(row.courseIds),
      }
    );
  }

  private secretsOf(row: {
    sealedSecret: string;
    previousSecret: string | null;
    previousSecretEndsAt: string | Date | null;
  }): string[] {
    const endsAt = toInstantOrNull(row.previousSecretEndsAt);
    const previous = row.previousSecret && endsAt && endsAt > this.clock.now() ? [row.previousSecret] : [];
    return [row.sealedSecret, ...previous].map((sealed) => this.openSecret(sealed));
  }

  private openSecret(sealed: string): string {
    const known = this.opened.get(sealed);
    if (known !== undefined) return known;
    if (this.opened.size >= MOST_OPENED) this.opened.clear();
    const secret = this.box.open(sealed);
    this.opened.set(sealed, secret);
    return secret;
  }

  /** All connections, by name. */
  async list(): Promise<ConnectionRow[]> {
    const rows = await this.database.select<Raw>(
      `SELECT c.id, c.connectionKey AS \`key\`, c.name, c.shape, c.courseIds, c.createdAt,
              (SELECT MAX(m.receivedAt) FROM inbox_message m WHERE m.connectionId = c.id) AS lastMessageAt
         FROM connection c ORDER BY c.name, c.id`,
    );
    return rows.map((row) => ({
      ...row,
      courseIds: parseIds(row.courseIds),
      createdAt: toInstant(row.createdAt).toISOString(),
      lastMessageAt: toInstantOrNull(row.lastMessageAt)?.toISOString() ?? null,
    }));
  }
}

function parseIds(json: string | null): number[] | null {
  return json === null ? null : (JSON.parse(json) as number[]);
}
