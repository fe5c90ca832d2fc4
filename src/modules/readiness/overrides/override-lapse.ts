import { Injectable, type OnModuleInit } from '@nestjs/common';
import { execute, placeholders } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import { ShiftEvents } from '../../shifts/index.js';

/** An override goes with its shift, and when the shift is moved or given to somebody else. */
@Injectable()
export class OverrideLapse implements OnModuleInit {
  constructor(private readonly shifts: ShiftEvents) {}

  onModuleInit(): void {
    this.shifts.listen({
      removing: (tx, shiftIds) => this.remove(tx, shiftIds),
      changed: (tx, agentIds) => this.lapse(tx, agentIds),
    });
  }

  private async remove(tx: Tx, shiftIds: readonly number[]): Promise<void> {
    await execute(
      tx,
      `DELETE FROM readiness_override WHERE shiftId IN (${placeholders(shiftIds)})`,
      shiftIds,
    );
  }

  /** Else it would count again for a shift that is moved back. */
  private async lapse(tx: Tx, agentIds: readonly number[]): Promise<void> {
    await execute(
      tx,
      `DELETE FROM readiness_override WHERE agentId IN (${placeholders(agentIds)}) AND NOT EXISTS
         (SELECT 1 FROM shift s WHERE s.id = readiness_override.shiftId AND s.agentId = readiness_override.agentId
             AND s.startsAt = readiness_override.startsAt)`,
      agentIds,
    );
  }
}
