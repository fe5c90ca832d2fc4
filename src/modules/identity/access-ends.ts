import { Injectable } from '@nestjs/common';
import type { Tx } from '../../database/unit-of-work.js';

/** Told, in the unit of work that ended every link and session of a person. */
export type AccessEndListener = (tx: Tx, personId: number) => Promise<void>;

/** Lets modules above end what they have given a person to come in by, without this module knowing them. */
@Injectable()
export class AccessEnds {
  private readonly listeners: AccessEndListener[] = [];

  /** Registers a listener. */
  onEnded(listener: AccessEndListener): void {
    this.listeners.push(listener);
  }

  /** Tells everyone. */
  async tell(tx: Tx, personId: number): Promise<void> {
    for (const listener of this.listeners) await listener(tx, personId);
  }
}
