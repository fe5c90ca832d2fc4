import type { EntityManager } from 'typeorm';
import { placeholders, selectRows } from '../../../database/sql.js';
import { padded } from '../even-parts.js';
import type { AgentName } from './read-shift.rules.js';

const MOST_REMEMBERED = 50_000;
const COLUMN = { id: 'a.id', email: 'p.emailKey', phoneSystemId: 'a.phoneSystemId' } as const;

/** Finds agents by what rows call them, many at a time; whoever was found or not is remembered for the rest of a file. */
export class AgentDirectory {
  private readonly known = new Map<string, number | null>();

  /** The key of each agent, in the order of the names; null for those nobody knows. */
  async find(source: EntityManager, names: readonly (AgentName | undefined)[]): Promise<(number | null)[]> {
    if (this.known.size > MOST_REMEMBERED) this.known.clear();
    for (const by of ['id', 'email', 'phoneSystemId'] as const) {
      const wanted = names.filter((name) => name?.by === by && !this.known.has(keyOf(name)));
      await this.learn(source, by, [...new Set(wanted.map((name) => name!.key))]);
    }
    return names.map((name) => (name ? (this.known.get(keyOf(name)) ?? null) : null));
  }

  private async learn(source: EntityManager, by: AgentName['by'], keys: readonly string[]): Promise<void> {
    for (const key of keys) this.known.set(keyOf({ by, key }), null);
    const asked = padded(by === 'id' ? keys.filter((key) => /^\d{1,9}$/.test(key)) : keys);
    if (asked.length === 0) return;
    const rows = await selectRows<{ id: number; name: string | number }>(
      source,
      `SELECT a.id, ${COLUMN[by]} AS name FROM agent a JOIN person p ON p.id = a.personId
        WHERE p.erasedAt IS NULL AND ${COLUMN[by]} IN (${placeholders(asked)})`,
      asked.map((key) => (by === 'id' ? Number(key) : key)),
    );
    for (const { id, name } of rows) {
      const key = String(name);
      // A leading zero does not make another number of a key.
      for (const same of by === 'id' ? asked.filter((other) => Number(other) === id) : [key])
        this.known.set(keyOf({ by, key: same }), id);
    }
  }
}

function keyOf({ by, key }: AgentName): string {
  return `${by}:${key}`;
}
