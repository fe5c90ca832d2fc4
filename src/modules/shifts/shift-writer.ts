import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { DomainError } from '../../common/domain-error.js';
import {
  execute,
  insertRow,
  insertRows,
  isUniqueViolation,
  lockClause,
  placeholders,
  selectRows,
} from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import type { Shift, ShiftSource } from './entities/shift.entity.js';
import { ShiftEvents } from './shift-events.js';
import type { ShiftSpan } from './shifts.rules.js';

/** A shift as it is planned. */
export interface NewShift extends ShiftSpan {
  agentId: number;
}

/** Writes shifts and tells whose plan has changed; always inside somebody else's unit of work. */
@Injectable()
export class ShiftWriter {
  constructor(
    private readonly clock: Clock,
    private readonly events: ShiftEvents,
  ) {}

  /** The agents' rows are the lock under which their plan and what follows from it change together. */
  async hold(tx: Tx, agentIds: readonly number[]): Promise<void> {
    const each = [...new Set(agentIds)];
    if (each.length > 0)
      await selectRows(
        tx,
        `SELECT id FROM agent WHERE id IN (${placeholders(each)}) ORDER BY id${lockClause(tx)}`,
        each,
      );
  }

  /** Plans one shift; the agent is held. @throws DomainError `shift_taken` */
  async add(tx: Tx, shift: NewShift, source: ShiftSource): Promise<number> {
    try {
      const id = await insertRow<Shift>(tx, 'shift', this.rowOf(shift, source));
      await this.events.changed(tx, [shift.agentId]);
      return id;
    } catch (error) {
      throw isUniqueViolation(error) ? shiftTaken() : error;
    }
  }

  /** Plans many that are known to be free, at least one; the agents are held. */
  async addAll(tx: Tx, shifts: readonly NewShift[], source: ShiftSource): Promise<void> {
    await insertRows<Shift>(
      tx,
      'shift',
      shifts.map((shift) => this.rowOf(shift, source)),
    );
  }

  /** Moves a shift in time, to somebody else, or both; the agents are held. @throws DomainError `shift_taken` */
  async change(tx: Tx, shiftId: number, shift: NewShift): Promise<void> {
    try {
      await execute(
        tx,
        'UPDATE shift SET agentId = ?, startsAt = ?, endsAt = ?, updatedAt = ?, version = version + 1 WHERE id = ?',
        [shift.agentId, shift.startsAt, shift.endsAt, this.clock.now(), shiftId],
      );
    } catch (error) {
      throw isUniqueViolation(error) ? shiftTaken() : error;
    }
  }

  /** Tells that the plan of these agents has changed. */
  async tell(tx: Tx, agentIds: readonly number[]): Promise<void> {
    await this.events.changed(tx, agentIds);
  }

  /** Takes shifts out of the plan, at least one; the agents are held. */
  async remove(tx: Tx, shiftIds: readonly number[]): Promise<void> {
    await this.events.removing(tx, shiftIds);
    await execute(tx, `DELETE FROM shift WHERE id IN (${placeholders(shiftIds)})`, shiftIds);
  }

  private rowOf({ agentId, startsAt, endsAt }: NewShift, source: ShiftSource) {
    const now = this.clock.now();
    return { agentId, startsAt, endsAt, source, createdAt: now, updatedAt: now, version: 1 };
  }
}

function shiftTaken(): DomainError {
  return new DomainError('shift_taken', 'conflict', { faults: [{ field: 'startsAt', code: 'shift_taken' }] });
}
