import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { SecretBox } from '../../common/crypto.js';
import { ENV, type Env } from '../../config/env.js';
import { Database } from '../../database/database.js';
import { toInstantOrNull } from '../../database/sql.js';
import type { ConnectionShape } from './adapters/read-message.js';
import {
  CONNECTION_COLUMNS,
  toConnectionRow,
  type ConnectionRow,
  type RawConnection,
} from './connection-row.js';

/** A connection with what is needed to check its messages. */
export interface OpenConnection {
  id: number;
  key: string;
  name: string;
  shape: ConnectionShape;
  /** The secret, and the one before it while that still counts. */
  secrets: string[];
  /** Null when it may report on every course. */
  courseIds: number[] | null;
}

interface SealedConnection extends Omit<OpenConnection, 'secrets' | 'courseIds'> {
  sealedSecret: string;
  previousSecret: string | null;
  previousSecretEndsAt: string | Date | null;
  courseIds: string | null;
}

const MOST_OPENED = 100;

/** What the secrets of connections are encrypted for. */
export const CONNECTION_SECRETS = 'connection-secrets';

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
    const row = await this.database.selectOne<SealedConnection>(
      `SELECT id, connectionKey AS \`key\`, name, shape, sealedSecret, previousSecret, previousSecretEndsAt, courseIds
         FROM connection WHERE connectionKey = ?`,
      [key],
    );
    if (!row) return undefined;
    const { id, name, shape, courseIds } = row;
    return { id, key: row.key, name, shape, secrets: this.secretsOf(row), courseIds: parseIds(courseIds) };
  }

  private secretsOf(row: SealedConnection): string[] {
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
    const rows = await this.database.select<RawConnection>(
      `SELECT ${CONNECTION_COLUMNS} FROM connection c ORDER BY c.name, c.id`,
    );
    return rows.map((row) => toConnectionRow(row, this.clock.now()));
  }

  /** One connection. */
  async find(connectionId: number): Promise<ConnectionRow | undefined> {
    const row = await this.database.selectOne<RawConnection>(
      `SELECT ${CONNECTION_COLUMNS} FROM connection c WHERE c.id = ?`,
      [connectionId],
    );
    return row && toConnectionRow(row, this.clock.now());
  }
}

function parseIds(json: string | null): number[] | null {
  return json === null ? null : (JSON.parse(json) as number[]);
}
