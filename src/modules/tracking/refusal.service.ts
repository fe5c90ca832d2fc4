import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock } from '../../common/clock.js';
import { execute, selectRows, toInstant } from '../../database/sql.js';
import { UnitOfWork, type Tx } from '../../database/unit-of-work.js';
import { LAST_ACCEPTED } from './connection-activity.queries.js';

/** Why a delivery was refused. */
export const REFUSAL_REASONS = ['invalid_signature', 'body_too_large', 'unreadable_message'] as const;

/** Why a delivery was refused. */
export type RefusalReason = (typeof REFUSAL_REASONS)[number];

const WRITTEN_EVERY_MS = 60_000;
const EPOCH = new Date(0);

/** Refusals of one connection that are not written yet. */
interface Pending {
  count: number;
  firstAt: Date;
  lastAt: Date;
  reason: RefusalReason;
}

/**
 * Counts refused deliveries on the connection's row. Anybody who knows the address can be refused as often as he likes, so
 * a connection is written at most once a minute by each instance, and no row is ever added.
 */
@Injectable()
export class RefusalService {
  private readonly logger = new Logger('Refusals');
  private readonly pending = new Map<number, Pending>();
  private readonly writtenAt = new Map<number, number>();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Counts one; the first is written at once, those of the next minute together. */
  async note(connectionId: number, reason: RefusalReason): Promise<void> {
    const now = this.clock.now();
    const before = this.pending.get(connectionId);
    this.pending.set(connectionId, {
      count: (before?.count ?? 0) + 1,
      firstAt: before?.firstAt ?? now,
      lastAt: now,
      reason,
    });
    const writtenAt = this.writtenAt.get(connectionId);
    if (writtenAt === undefined || now.getTime() - writtenAt >= WRITTEN_EVERY_MS)
      await this.write(connectionId);
  }

  @Interval(WRITTEN_EVERY_MS)
  async tick(): Promise<void> {
    try {
      await this.flush();
    } catch (error) {
      // The database may be away for a moment; what was counted waits for the next tick.
      this.logger.error({ error: (error as Error).message });
    }
  }

  /** Writes what is waiting, so that it can be judged. */
  async flush(): Promise<void> {
    for (const connectionId of this.pending.keys()) await this.write(connectionId);
  }

  private async write(connectionId: number): Promise<void> {
    const counted = this.pending.get(connectionId)!;
    this.pending.delete(connectionId);
    this.writtenAt.set(connectionId, this.clock.now().getTime());
    try {
      await this.unitOfWork.run((tx) => this.add(tx, connectionId, counted));
    } catch (error) {
      this.putBack(connectionId, counted);
      throw error;
    }
  }

  private putBack(connectionId: number, counted: Pending): void {
    const since = this.pending.get(connectionId);
    this.pending.set(connectionId, {
      ...(since ?? counted),
      count: counted.count + (since?.count ?? 0),
      firstAt: counted.firstAt,
    });
  }

  /** The count begins anew after a message that was taken. */
  private async add(
    tx: Tx,
    connectionId: number,
    { count, firstAt, lastAt, reason }: Pending,
  ): Promise<void> {
    const [accepted] = await selectRows<{ receivedAt: string | Date }>(tx, LAST_ACCEPTED, [connectionId]);
    const since = accepted ? toInstant(accepted.receivedAt) : EPOCH;
    // MySQL sets from left to right: the count has to look at the old beginning.
    await execute(
      tx,
      `UPDATE connection SET
          refusedCount = CASE WHEN refusedSince IS NULL OR refusedSince <= ? THEN ? ELSE refusedCount + ? END,
          refusedSince = CASE WHEN refusedSince IS NULL OR refusedSince <= ? THEN ? ELSE refusedSince END,
          lastRefusedAt = ?, lastRefusalReason = ?
        WHERE id = ?`,
      [since, count, count, since, firstAt, lastAt, reason, connectionId],
    );
  }
}
