import { Inject, Injectable } from '@nestjs/common';
import { ENV, type Env } from '../../../config/env.js';
import { Database } from '../../../database/database.js';
import type { Month } from '../../quality/index.js';
import { AgentCallsBook, type AgentCalls, type CallsRow } from './agent-calls.rules.js';
import { callsStatement, type CallsEvent } from './calls.statement.js';

/** So many statements at the same time: each keeps one processor of the database busy. */
const PARTS = 2;

/** Reads what agents answered and resolved, without something and with it. */
@Injectable()
export class AgentCallsQueries {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly database: Database,
  ) {}

  /** Rows are taken in as they come, those of several parts at the same time. */
  async of(event: CallsEvent, { from, to }: { from: Month; to: Month }): Promise<AgentCalls[]> {
    const book = new AgentCallsBook();
    const question = { from, to, event, zone: this.env.TZ_NAME, parts: PARTS };
    await Promise.all(
      Array.from({ length: PARTS }, async (_, part) => {
        const { sql, values } = callsStatement(this.database.kind, { ...question, part });
        for await (const row of this.database.streamRows<CallsRow>(sql, values)) book.add(row);
      }),
    );
    return book.all();
  }
}
