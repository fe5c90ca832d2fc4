import { Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { emailKey } from '../../../common/email.js';
import { placeholders, selectRows } from '../../../database/sql.js';
import { aliasKeyOf, type AgentNaming, type KnownAgent, type NamedAgents } from './agent-naming.rules.js';

const LOOKED_UP_TOGETHER = 500;
const AGENT = `SELECT a.id AS agentId, p.emailKey, p.nameSortKey, a.phoneSystemId
  FROM agent a JOIN person p ON p.id = a.personId AND p.erasedAt IS NULL`;

type AgentRow = KnownAgent & { phoneSystemId: string | null };

/** Finds the agents that the rows of a table name, a few hundred at a time. */
@Injectable()
export class FigureAgents {
  /** Everything the namings may mean. */
  async of(source: EntityManager | DataSource, namings: readonly AgentNaming[]): Promise<NamedAgents> {
    const phones = namings.flatMap(({ phoneSystemId, agentId, name }) =>
      [phoneSystemId, agentId, name].filter((text) => text !== '' && text.length <= 60),
    );
    const ids = namings
      .map(({ agentId, ownId }) => (ownId === undefined ? agentId : String(ownId)))
      .filter((text) => /^\d{1,9}$/.test(text));
    const emails = namings.map(({ email }) => email).filter(Boolean);
    const byPhone = await lookUp<AgentRow>(
      source,
      phones,
      (list) => `${AGENT} WHERE a.phoneSystemId IN (${list})`,
    );
    const byId = await lookUp<AgentRow>(
      source,
      ids.map(Number),
      (list) => `${AGENT} WHERE a.id IN (${list})`,
    );
    const byEmail = await lookUp<AgentRow>(
      source,
      emails.map(emailKey),
      (list) => `${AGENT} WHERE p.emailKey IN (${list})`,
    );
    const aliases = await this.aliases(source, namings.map(aliasKeyOf));
    const phone = new Map(byPhone.map((agent) => [agent.phoneSystemId, agent]));
    const own = new Map(byId.map((agent) => [agent.agentId, agent]));
    const email = new Map(byEmail.map((agent) => [agent.emailKey, agent]));
    return {
      byPhoneSystemId: (text) => phone.get(text),
      byId: (text) => (/^\d{1,9}$/.test(text) ? own.get(Number(text)) : undefined),
      byEmail: (key) => email.get(key),
      alias: (key) => aliases.get(key),
    };
  }

  private async aliases(source: EntityManager | DataSource, keys: readonly string[]) {
    const rows = await lookUp<AgentRow & { aliasKey: string; agentId: number | null }>(
      source,
      keys,
      (list) => `SELECT l.aliasKey, a.id AS agentId, p.emailKey, p.nameSortKey
          FROM figure_alias l LEFT JOIN agent a ON a.id = l.agentId LEFT JOIN person p ON p.id = a.personId
         WHERE l.aliasKey IN (${list}) AND (l.agentId IS NULL OR p.erasedAt IS NULL)`,
    );
    return new Map(rows.map((row): [string, KnownAgent | null] => [row.aliasKey, row.agentId ? row : null]));
  }
}

/**
 * Rows found by many keys, a few hundred keys a statement.
 * @param before values of the statement that stand before the list
 */
export async function lookUp<T>(
  source: EntityManager | DataSource,
  keys: readonly (string | number)[],
  sql: (list: string) => string,
  before: readonly string[] = [],
): Promise<T[]> {
  const unique = [...new Set(keys)];
  const found: T[] = [];
  for (let from = 0; from < unique.length; from += LOOKED_UP_TOGETHER) {
    const chunk = unique.slice(from, from + LOOKED_UP_TOGETHER);
    found.push(...(await selectRows<T>(source, sql(placeholders(chunk)), [...before, ...chunk])));
  }
  return found;
}
