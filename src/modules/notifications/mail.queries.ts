import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { allOf, columnIs } from '../../common/access/scope.js';
import { decodeCursor, toPage, type Page } from '../../common/pagination.js';
import { Database } from '../../database/database.js';
import { selectRows, toInstant, toInstantOrNull } from '../../database/sql.js';

/** A mail as lists show it. */
export interface MailRow {
  id: number;
  template: string;
  language: string;
  to: string;
  subject: string;
  state: string;
  attempts: number;
  lastError: string | null;
  createdAt: string;
  dueAt: string;
  sentAt: string | null;
}

/** What a list of mails may be narrowed to. */
export interface MailFilter {
  to?: string | undefined;
  template?: string | undefined;
  state?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

type Raw = Omit<MailRow, 'createdAt' | 'dueAt' | 'sentAt'> & {
  createdAt: string | Date;
  dueAt: string | Date;
  sentAt: string | Date | null;
};

const COLUMNS = `id, template, language, toAddress AS \`to\`, subject, state, attempts, lastError, createdAt,
  nextAttemptAt AS dueAt, sentAt`;

/** Reads the outbox. */
@Injectable()
export class MailQueries {
  constructor(private readonly database: Database) {}

  /** Mails, newest first. */
  async list(filter: MailFilter): Promise<Page<MailRow>> {
    const cursor = decodeCursor(filter.cursor, ['number']);
    const where = allOf([
      columnIs('toAddress', filter.to),
      columnIs('template', filter.template),
      columnIs('state', filter.state),
      cursor && { sql: 'id < ?', values: cursor },
    ]);
    const rows = await this.database.select<Raw>(
      `SELECT ${COLUMNS} FROM mail WHERE ${where.sql} ORDER BY id DESC LIMIT ?`,
      [...where.values, filter.limit + 1],
    );
    return toPage(rows.map(toRow), filter.limit, (row) => [row.id]);
  }

  /** One mail with its text; secret links show as marks. */
  async find(id: number): Promise<(MailRow & { text: string; html: string }) | undefined> {
    const raw = await this.database.selectOne<Raw & { text: string; html: string }>(
      `SELECT ${COLUMNS}, text, html FROM mail WHERE id = ?`,
      [id],
    );
    return raw && { ...toRow(raw), text: raw.text, html: raw.html };
  }

  /** The latest mails about an agent, those to the leader and the reminders included. */
  async ofAgent(agentId: number, personId: number): Promise<MailRow[]> {
    const rows = await this.database.select<Raw>(
      `SELECT ${COLUMNS} FROM mail
        WHERE (aboutType = 'agent' AND aboutId = ?)
           OR (toPersonId = ? AND template IN ('elearning-reminder', 'elearning-retake-reminder', 'personal-link'))
        ORDER BY id DESC LIMIT 20`,
      [agentId, personId],
    );
    return rows.map(toRow);
  }

  /** The latest mail of a template about something; read inside a unit of work when `source` is its tx. */
  async latestAbout(
    template: string,
    about: { type: string; id: number },
    source: EntityManager = this.database.reader.manager,
  ): Promise<MailRow | undefined> {
    const [raw] = await selectRows<Raw>(
      source,
      `SELECT ${COLUMNS} FROM mail WHERE aboutType = ? AND aboutId = ? AND template = ? ORDER BY id DESC LIMIT 1`,
      [about.type, about.id, template],
    );
    return raw && toRow(raw);
  }

  /** How many mails are in each state, for the metrics and the start page. */
  async countByState(): Promise<Record<string, number>> {
    const rows = await this.database.select<{ state: string; count: number | string }>(
      'SELECT state, COUNT(*) AS count FROM mail GROUP BY state',
    );
    return Object.fromEntries(rows.map((row) => [row.state, Number(row.count)]));
  }
}

function toRow(raw: Raw): MailRow {
  return {
    ...raw,
    createdAt: toInstant(raw.createdAt).toISOString(),
    dueAt: toInstant(raw.dueAt).toISOString(),
    sentAt: toInstantOrNull(raw.sentAt)?.toISOString() ?? null,
  };
}
