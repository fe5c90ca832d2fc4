import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { readEnv, type Env } from '../../src/config/env.js';
import { createApp } from '../../src/create-app.js';
import { LISTEN_BACKLOG } from '../../src/http/listen-backlog.js';
import { Database } from '../../src/database/database.js';
import type { SqlValue } from '../../src/database/sql.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';
import { TestClock } from './test-clock.js';

/** The application on a database of its own, without background work: tests run that themselves. */
export class TestApp {
  /** Where it listens. */
  readonly url: string;
  /** Where its content host listens. */
  readonly contentUrl: string;

  private constructor(
    readonly app: NestFastifyApplication,
    readonly env: Env,
    readonly clock: TestClock,
    urls: { url: string; contentUrl: string },
    private readonly database: TestDatabase,
  ) {
    this.url = urls.url;
    this.contentUrl = urls.contentUrl;
  }

  static async start(
    settings: Record<string, string> = {},
    database?: TestDatabase,
    clock = new TestClock(),
  ): Promise<TestApp> {
    const own = database ?? (await createTestDatabase());
    const env = readEnv({
      NODE_ENV: 'test',
      DATABASE_URL: own.url,
      MAIL_DIR: join(own.folder, 'mail'),
      CONTENT_DIR: join(own.folder, 'content'),
      PUBLIC_URL: 'http://localhost:3000',
      LOG_LEVEL: 'silent',
      BACKGROUND_WORK: 'false',
      ANONYMOUS_REQUESTS_PER_MINUTE: '1000000',
      ...settings,
    });
    const { app, content } = await createApp(env, clock);
    const where = { port: 0, host: '127.0.0.1', backlog: LISTEN_BACKLOG };
    await app.listen(where);
    const contentUrl = await content.listen(where);
    const { port } = app.getHttpServer().address() as AddressInfo;
    return new TestApp(app, env, clock, { url: `http://127.0.0.1:${port}`, contentUrl }, own);
  }

  get<T>(type: Type<T> | (abstract new (...args: never[]) => T)): T {
    return this.app.get<T>(type);
  }

  rows<T = Record<string, unknown>>(sql: string, values: SqlValue[] = []): Promise<T[]> {
    return this.get(Database).select<T>(sql, values);
  }

  async count(table: string, where = '1 = 1'): Promise<number> {
    const [row] = await this.rows<{ n: number | string }>(
      `SELECT COUNT(*) AS n FROM ${table} WHERE ${where}`,
    );
    return Number(row!.n);
  }

  /** Ends the application; the database is dropped too, unless it belongs to somebody else. */
  async stop({ keepDatabase = false } = {}): Promise<void> {
    await this.app.close();
    if (!keepDatabase) await this.database.drop();
  }
}
