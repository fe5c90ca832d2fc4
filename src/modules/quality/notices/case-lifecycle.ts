import { Injectable, type OnModuleInit } from '@nestjs/common';
import { lockClause, selectRows } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import { AgentLifecycle, type AgentEvent } from '../../agents/index.js';
import { CaseMails } from './case-mails.js';
import { CaseStepWriter, type WrittenCase } from './case-step-writer.js';
import { endByDeparture } from './case.rules.js';

/** Ends the cases of an agent who leaves the municipality; nobody is told of them any more. */
@Injectable()
export class CaseLifecycle implements OnModuleInit {
  constructor(
    private readonly lifecycle: AgentLifecycle,
    private readonly writer: CaseStepWriter,
    private readonly mails: CaseMails,
  ) {}

  onModuleInit(): void {
    const end = (tx: Tx, event: AgentEvent) => this.end(tx, event);
    this.lifecycle.listen(40, { departed: end, moved: end });
  }

  private async end(tx: Tx, { agentId }: AgentEvent): Promise<void> {
    const live = await selectRows<WrittenCase>(
      tx,
      `SELECT id, agentId, state, version FROM quality_case WHERE agentId = ? AND endedAt IS NULL ORDER BY id${lockClause(tx)}`,
      [agentId],
    );
    for (const known of live) {
      const end = endByDeparture(known.state);
      if (!end) continue;
      await this.writer.end(tx, known, end, null);
      await this.mails.cancel(tx, known.id);
    }
  }
}
