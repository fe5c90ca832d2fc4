import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../common/domain-error.js';
import { Database } from '../../../database/database.js';
import { lookUp } from './figure-agents.js';
import { aliasKeyOf, aliasTextOf } from './agent-naming.rules.js';
import { namingOf } from './figure-row.rules.js';

const MOST_ROWS = 20_000;

/** A name in a file that is no agent's we know, or that somebody has said is nobody's. */
export interface UnknownAgent {
  aliasKey: string;
  /** As it stands in the file. */
  text: string;
  /** What else the first of its rows says of the person. */
  others: string[];
  rows: number;
  /** Whether its rows are passed over, because somebody has said so. */
  isIgnored: boolean;
}

/** Reads which names in an import still have to be matched. */
@Injectable()
export class UnknownAgents {
  constructor(private readonly database: Database) {}

  /** Each name once, in the order of the file. @throws DomainError `not_found` */
  async names(importId: number): Promise<UnknownAgent[]> {
    await this.refuseOther(importId);
    const rows = await this.database.select<{ content: string; state: string }>(
      `SELECT content, state FROM import_row WHERE importId = ? AND (state = 'skipped'
          OR (state = 'invalid' AND (faults LIKE '%figures_agent_unknown%' OR faults LIKE '%figures_agent_contradicted%')))
        ORDER BY rowNumber LIMIT ${MOST_ROWS}`,
      [importId],
    );
    const byKey = new Map<string, UnknownAgent>();
    for (const { content, state } of rows) {
      const naming = namingOf(JSON.parse(content) as Record<string, string>);
      const aliasKey = aliasKeyOf(naming);
      if (aliasKey === '') continue;
      const text = aliasTextOf(naming);
      const others = Object.values(naming).filter((other) => other !== '' && other !== text);
      const known = byKey.get(aliasKey) ?? {
        aliasKey,
        text,
        others,
        rows: 0,
        isIgnored: state === 'skipped',
      };
      byKey.set(aliasKey, { ...known, rows: known.rows + 1 });
    }
    return this.withoutTotals([...byKey.values()]);
  }

  private async refuseOther(importId: number): Promise<void> {
    const [job] = await this.database.select(
      "SELECT id FROM import_job WHERE id = ? AND kind = 'resolution'",
      [importId],
    );
    if (!job) throw new DomainError('not_found', 'not_found');
  }

  /** Of the rows that are passed over only those count about which somebody has said so; the others are totals. */
  private async withoutTotals(names: readonly UnknownAgent[]): Promise<UnknownAgent[]> {
    const keys = names.filter(({ isIgnored }) => isIgnored).map(({ aliasKey }) => aliasKey);
    const ignored = await lookUp<{ aliasKey: string }>(
      this.database.reader,
      keys,
      (list) => `SELECT aliasKey FROM figure_alias WHERE agentId IS NULL AND aliasKey IN (${list})`,
    );
    const known = new Set(ignored.map(({ aliasKey }) => aliasKey));
    return names.filter(({ isIgnored, aliasKey }) => !isIgnored || known.has(aliasKey));
  }
}
