import { Injectable } from '@nestjs/common';
import { nameSortKey } from '../../../common/name-sort-key.js';
import { Database } from '../../../database/database.js';
import { containing } from '../../../database/sql.js';

/** An agent whom a name in a file may mean. */
export interface MatchableAgent {
  agentId: number;
  name: string;
  /** Null for somebody who has left: figures of earlier months may still come. */
  municipalityName: string | null;
}

const MOST_WORDS = 5;

/** Finds the agents whom a name in a file may mean. */
@Injectable()
export class MatchableAgents {
  constructor(private readonly database: Database) {}

  /**
   * Agents by name or e-mail: every word of the search must be found. Without a search those come first of whom a word of the name in
   * the file is found.
   */
  search(q: string | undefined, text: string, limit: number): Promise<MatchableAgent[]> {
    const isSearch = (q ?? '').trim() !== '';
    const words = (isSearch ? q! : text)
      .trim()
      .split(/[\s,;]+/)
      .filter((word) => word.length > 1);
    const found = words.slice(0, MOST_WORDS).map((word) => ({
      sql: "(p.nameSortKey LIKE ? ESCAPE '!' OR p.emailKey LIKE ? ESCAPE '!')",
      values: [containing(nameSortKey(word)), containing(word.toLowerCase())],
    }));
    const values = found.flatMap((one) => one.values);
    const where = isSearch ? ['1 = 1', ...found.map(({ sql }) => sql)].join(' AND ') : '1 = 1';
    const like = ['0', ...found.map(({ sql }) => `CASE WHEN ${sql} THEN 1 ELSE 0 END`)].join(' + ');
    return this.database.select<MatchableAgent>(
      `SELECT a.id AS agentId, CONCAT(p.firstName, ' ', p.lastName) AS name, u.name AS municipalityName
         FROM agent a JOIN person p ON p.id = a.personId AND p.erasedAt IS NULL
         LEFT JOIN employment m ON m.openAgentId = a.id LEFT JOIN municipality u ON u.code = m.municipalityCode
        WHERE ${where} ORDER BY ${isSearch ? '' : `${like} DESC, `}p.nameSortKey, a.id LIMIT ?`,
      [...values, limit],
    );
  }
}
