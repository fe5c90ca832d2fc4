import { Injectable } from '@nestjs/common';
import type { Tx } from '../../database/unit-of-work.js';

/** Told, in the unit of work that made a person a leader. */
export type AppointmentListener = (tx: Tx, personId: number) => Promise<void>;

/** Lets modules above follow up when somebody becomes a leader, without this module knowing them. */
@Injectable()
export class LeaderAppointments {
  private readonly listeners: AppointmentListener[] = [];

  /** Registers a listener. */
  onAppointed(listener: AppointmentListener): void {
    this.listeners.push(listener);
  }

  /** Tells everyone. */
  async tell(tx: Tx, personId: number): Promise<void> {
    for (const listener of this.listeners) await listener(tx, personId);
  }
}
