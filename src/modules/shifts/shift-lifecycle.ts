import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { endOfLocalDate } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { selectRows } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import { AgentLifecycle, type AgentEvent } from '../agents/index.js';
import { ShiftEvents } from './shift-events.js';
import { ShiftWriter } from './shift-writer.js';

/** Whoever has left has no shifts after the last day. */
@Injectable()
export class ShiftLifecycle implements OnModuleInit {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly lifecycle: AgentLifecycle,
    private readonly writer: ShiftWriter,
    private readonly events: ShiftEvents,
  ) {}

  onModuleInit(): void {
    // Before those who reckon what the remaining shifts ask for.
    this.lifecycle.listen(25, { departed: (tx, event) => this.cancelAfter(tx, event) });
  }

  private async cancelAfter(tx: Tx, { agentId, on }: AgentEvent): Promise<void> {
    const late = await selectRows<{ id: number }>(
      tx,
      'SELECT id FROM shift WHERE agentId = ? AND startsAt >= ? ORDER BY id',
      [agentId, endOfLocalDate(on, this.env.TZ_NAME)],
    );
    if (late.length === 0) return;
    await this.writer.remove(
      tx,
      late.map(({ id }) => id),
    );
    await this.events.changed(tx, [agentId]);
  }
}
