import { Inject, Injectable } from '@nestjs/common';
import { ENV, type Env } from '../../../config/env.js';
import { Database } from '../../../database/database.js';
import type { Month } from '../../quality/index.js';
import { AgentCallsBook, type AgentCalls, type CallsRow } from './agent-calls.rules.js';
import { callsStatement, type CallsEvent } from './calls.statement.js';

/** Reads what agents answered and resolved, without something and with it. */
@Injectable()
export class AgentCallsQueries {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly database: Database,
  ) {}

  /** Both sides are read at the same time; rows are taken in as they come. */
  async of(event: CallsEvent, { from, to }: { from: Month; to: Month }): Promise<AgentCalls[]> {
    const book = new AgentCallsBook();
    const question = { from, to, event, zone: this.env.TZ_NAME };
    const sides = event === null ? (['without'] as const) : (['without', 'with'] as const);
    await Promise.all(
      sides.map(async (side) => {
        const { sql, values } = callsStatement(this.database.kind, side, question);
        for await (const row of this.database.streamRows<CallsRow>(sql, values)) book.add(side, row);
      }),
    );
    return book.all();
  }
}
