import { Injectable } from '@nestjs/common';
import type { Tx } from '../../database/unit-of-work.js';

/** Told, in the unit of work that changed what a user is: roles, municipality, or whether the person may sign in. */
export type UserListener = (tx: Tx, personId: number) => Promise<void>;

/** Lets modules above follow up when a user becomes somebody else, without this module knowing them. */
@Injectable()
export class UserLifecycle {
  private readonly listeners: UserListener[] = [];

  /** Registers a listener. The person's row is held while it is told. */
  onChanged(listener: UserListener): void {
    this.listeners.push(listener);
  }

  /** Tells everyone. */
  async tell(tx: Tx, personId: number): Promise<void> {
    for (const listener of this.listeners) await listener(tx, personId);
  }
}
