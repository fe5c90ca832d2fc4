import { Injectable } from '@nestjs/common';
import type { Tx } from '../../database/unit-of-work.js';

/** A mail that nobody will get. */
export interface UndeliverableMail {
  id: number;
  template: string;
  toPersonId: number | null;
}

/** Told, in the unit of work that gave a mail up, so that somebody does something about it. */
export type UndeliverableListener = (tx: Tx, mail: UndeliverableMail) => Promise<void>;

/** Lets modules above follow up on a mail that came to nothing, without this module knowing them. */
@Injectable()
export class Undeliverable {
  private readonly listeners: UndeliverableListener[] = [];

  /** Registers a listener. */
  onGivenUp(listener: UndeliverableListener): void {
    this.listeners.push(listener);
  }

  /** Tells everyone. */
  async tell(tx: Tx, mail: UndeliverableMail): Promise<void> {
    for (const listener of this.listeners) await listener(tx, mail);
  }
}
