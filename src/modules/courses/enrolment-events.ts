import { Injectable } from '@nestjs/common';
import type { Tx } from '../../database/unit-of-work.js';

/** Told, in the same unit of work, that an enrolment is completed, waived, or no longer either. */
export type EnrolmentListener = (tx: Tx, enrolmentId: number) => Promise<void>;

/** Tells the modules above of completions, without knowing them. */
@Injectable()
export class EnrolmentEvents {
  private readonly listeners: EnrolmentListener[] = [];

  /** Registers a listener. */
  listen(listener: EnrolmentListener): void {
    this.listeners.push(listener);
  }

  /** Tells everyone, one after the other; the enrolment's row is held. */
  async changed(tx: Tx, enrolmentId: number): Promise<void> {
    for (const listener of this.listeners) await listener(tx, enrolmentId);
  }
}
