import { Injectable } from '@nestjs/common';
import { PlanAge } from '../../shifts/index.js';

/** Tells whether the shift plan is fresh enough to mail people by it. */
@Injectable()
export class PlanFreshness {
  constructor(private readonly age: PlanAge) {}

  /** Whether there is a plan, and an import, a fetch or an edit has brought it up to date within the last seven days. */
  async isFresh(): Promise<boolean> {
    const { updatedAt, isOld } = await this.age.now();
    return updatedAt !== null && !isOld;
  }
}
