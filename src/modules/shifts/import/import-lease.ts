import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { randomToken } from '../../../common/crypto.js';
import { execute, type SqlValue } from '../../../database/sql.js';
import { UnitOfWork, type Tx } from '../../../database/unit-of-work.js';

const LEASE_MS = 60_000;

/** Somebody else has taken the import over, or it was given up. */
export class LeaseLost extends Error {}

/** A claim on an import. */
export interface Claim {
  importId: number;
  owner: string;
}

/** Sees to it that one instance at a time is at an import; one that dies loses its claim after a minute. */
@Injectable()
export class ImportLease {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Claims an import that nobody is at; undefined when somebody is. */
  async claim(importId: number): Promise<Claim | undefined> {
    const [owner, now] = [randomToken(), this.clock.now()];
    const { affected } = await this.unitOfWork.run((tx) =>
      execute(
        tx,
        `UPDATE shift_import SET leaseOwner = ?, leaseUntil = ?
          WHERE id = ? AND state IN ('reading', 'comparing', 'committing') AND (leaseUntil IS NULL OR leaseUntil < ?)`,
        [owner, this.end(), importId, now],
      ),
    );
    return affected === 1 ? { importId, owner } : undefined;
  }

  /**
   * Writes to the import and prolongs the claim, in the unit of work of what it tells about: whoever has lost it writes nothing.
   * @param set assignments of an UPDATE
   * @throws LeaseLost
   */
  async hold(tx: Tx, { importId, owner }: Claim, set = '', values: readonly SqlValue[] = []): Promise<void> {
    const { affected } = await execute(
      tx,
      `UPDATE shift_import SET leaseUntil = ?${set && `, ${set}`} WHERE id = ? AND leaseOwner = ?`,
      [this.end(), ...values, importId, owner],
    );
    if (affected !== 1) throw new LeaseLost();
  }

  /** Writes the last of it and lets go. @throws LeaseLost */
  async release(tx: Tx, { importId, owner }: Claim, set: string, values: readonly SqlValue[]): Promise<void> {
    const { affected } = await execute(
      tx,
      `UPDATE shift_import SET leaseOwner = NULL, leaseUntil = NULL, ${set} WHERE id = ? AND leaseOwner = ?`,
      [...values, importId, owner],
    );
    if (affected !== 1) throw new LeaseLost();
  }

  private end(): Date {
    return new Date(this.clock.now().getTime() + LEASE_MS);
  }
}
