import { Injectable } from '@nestjs/common';
import type { Tx } from '../../database/unit-of-work.js';

/** Told, in the unit of work of a publication, who was enrolled late because there was no e-learning before. */
export type LateEnrolmentListener = (tx: Tx, personIds: number[]) => Promise<void>;

/** Lets the module that welcomed those people write to them again, without this module knowing it. */
@Injectable()
export class LateEnrolments {
  private listener: LateEnrolmentListener = async () => {};

  /** Registers the one who writes to them. */
  onEnrolled(listener: LateEnrolmentListener): void {
    this.listener = listener;
  }

  /** Tells of them. */
  tell(tx: Tx, personIds: number[]): Promise<void> {
    return this.listener(tx, personIds);
  }
}
