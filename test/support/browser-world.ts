import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime, { type Email } from 'postal-mime';
import { launchChromium } from './chromium.js';
import { ServerProcess } from './server-process.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';
import { until } from './until.js';

/** A built server with demo data and a real browser in front of it. */
export class BrowserWorld {
  /** What the browser complained about: script errors, policy violations, failed requests. */
  readonly complaints: string[] = [];

  private constructor(
    private readonly browser: Browser,
    private server: ServerProcess,
    private readonly database: TestDatabase,
  ) {}

  static async start(
    settings: Record<string, string> = {},
    chromiumFlags: string[] = [],
  ): Promise<BrowserWorld> {
    const database = await createTestDatabase();
    const [browser, server] = await Promise.all([
      launchChromium(chromiumFlags),
      ServerProcess.start(database, settings),
    ]);
    return new BrowserWorld(browser, server, database);
  }

  get url(): string {
    return this.server.url;
  }

  get contentUrl(): string {
    return this.server.contentUrl;
  }

  async context(options: BrowserContextOptions = {}): Promise<BrowserContext> {
    const context = await this.browser.newContext({
      baseURL: this.url,
      viewport: { width: 1280, height: 900 },
      ...options,
    });
    context.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(`${message.page()?.url()}: ${message.text()}`);
    });
    context.on('weberror', (error) => this.complaints.push(String(error.error())));
    return context;
  }

  /** A page of somebody who has signed in with the demo password. */
  async signIn(context: BrowserContext, email: string): Promise<Page> {
    const page = await context.newPage();
    await page.goto('/log-ind');
    await page.fill('#email', email);
    await page.fill('#password', 'vagtklar-demo');
    await page.click('form[action="/log-ind"] button');
    await page.waitForURL((url) => url.pathname !== '/log-ind');
    return page;
  }

  /** The captured mail to an address, and with such a subject where one is named, once it has been written. */
  async mailTo(address: string, subject = /./): Promise<Email> {
    let found: Email | undefined;
    await until(`a mail to ${address} is there`, async () => {
      found = (await this.mails()).find(
        (mail) => mail.to?.[0]?.address === address && subject.test(mail.subject ?? ''),
      );
      return found !== undefined;
    });
    return found!;
  }

  /** Ends the server at once, wherever it is. */
  killServer(): Promise<void> {
    return this.server.kill();
  }

  /** Starts it again at the same addresses. */
  async restartServer(): Promise<void> {
    const [port, contentPort] = [this.url, this.contentUrl].map((address) => new URL(address).port);
    this.server = await ServerProcess.start(this.database, { PORT: port!, CONTENT_PORT: contentPort! });
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
    await this.database.drop();
  }

  private async mails(): Promise<Email[]> {
    const folder = join(this.database.folder, 'mail');
    const names = (await readdir(folder).catch(() => [] as string[])).filter((name) => name.endsWith('.eml'));
    return Promise.all(names.map(async (name) => PostalMime.parse(await readFile(join(folder, name)))));
  }
}
