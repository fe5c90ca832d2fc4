import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { placeholders, selectRows, toInstant } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import { openReading } from './open-reading.js';

/** A version that stands in a digest. */
export interface DigestVersion {
  versionId: number;
  guideId: number;
  number: number;
  title: string;
  minutes: number;
  /** Of the agent's next shift that asks for it. */
  startsAt: Date;
}

/** An agent with everything that is to be read before a shift ahead, the earliest shift first. */
export interface DigestAgent {
  agentId: number;
  personId: number;
  firstName: string;
  email: string;
  language: string;
  versions: DigestVersion[];
}

type Row = Omit<DigestVersion, 'startsAt'> &
  Omit<DigestAgent, 'versions'> & {
    startsAt: string | Date;
  };

/** Reads what a digest says. */
@Injectable()
export class DigestContents {
  constructor(private readonly clock: Clock) {}

  /** The agents who still have something to read. */
  async read(tx: Tx, agentIds: readonly number[]): Promise<DigestAgent[]> {
    const open = openReading(this.clock.now(), 'v.guideId, v.number, v.title, v.minutes', {
      sql: `q.agentId IN (${placeholders(agentIds)})`,
      values: agentIds,
    });
    const rows = await selectRows<Row>(
      tx,
      `SELECT o.agentId, o.versionId, o.guideId, o.number, o.title, o.minutes, o.startsAt, p.id AS personId, p.firstName, p.email,
              p.language
         FROM ${open.sql} JOIN agent a ON a.id = o.agentId JOIN person p ON p.id = a.personId
        ORDER BY o.agentId, o.startsAt, o.guideId, o.number`,
      open.values,
    );
    const agents = new Map<number, DigestAgent>();
    for (const { agentId, personId, firstName, email, language, startsAt, ...version } of rows) {
      const agent = agents.get(agentId) ?? { agentId, personId, firstName, email, language, versions: [] };
      agent.versions.push({ ...version, startsAt: toInstant(startsAt) });
      agents.set(agentId, agent);
    }
    return [...agents.values()];
  }
}
