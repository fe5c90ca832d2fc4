import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock } from '../../../common/clock.js';
import { randomToken } from '../../../common/crypto.js';
import { Background } from '../../../database/background.js';
import { Database } from '../../../database/database.js';
import {
  execute,
  insertRows,
  lockClause,
  orUpdate,
  placeholders,
  selectRows,
  toInstant,
} from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import { ShiftReadinessQueries, type ShiftReadiness } from '../board/shift-readiness.queries.js';
import type { ReadinessMessage } from './entities/readiness-message.entity.js';
import { messageOf } from './message.js';
import { isNews } from './messages.rules.js';

const EVERY_MS = 60_000;
const AHEAD_MS = 14 * 24 * 3_600_000;
const TOGETHER = 1_000;

/** Notices who has become ready for the next shift or is no longer, and queues a message to every program that wants to know. */
@Injectable()
export class ReadinessWatch {
  constructor(
    private readonly clock: Clock,
    private readonly background: Background,
    private readonly database: Database,
    private readonly readiness: ShiftReadinessQueries,
  ) {}

  @Interval(EVERY_MS)
  async tick(): Promise<void> {
    await this.background.tick('readiness-watch', EVERY_MS, () => this.run());
  }

  /** Looks at everybody with a shift within 14 days; running it again queues nothing more. */
  async run(): Promise<void> {
    const subscriptions = await this.database.select<{ id: number }>(
      'SELECT id FROM readiness_subscription ORDER BY id',
    );
    if (subscriptions.length === 0) return;
    const ids = subscriptions.map(({ id }) => id);
    for (let after = 0; ;) {
      const shifts = await this.nextShifts(after);
      const last = shifts.at(-1);
      if (!last) return;
      const answers = await this.readiness.answer(shifts);
      await this.database.unitOfWork.run((tx) => this.tell(tx, ids, answers));
      after = last.agentId;
    }
  }

  /** The next shift of each agent, by agent. */
  private async nextShifts(after: number) {
    const now = this.clock.now();
    const rows = await this.database.select<ShiftRow>(
      `SELECT s.id AS shiftId, s.agentId, s.startsAt AS at, s.endsAt
         FROM (SELECT agentId, MIN(startsAt) AS startsAt FROM shift
                WHERE agentId > ? AND startsAt > ? AND startsAt <= ?
                GROUP BY agentId ORDER BY agentId LIMIT ${TOGETHER}) n
         JOIN shift s ON s.agentId = n.agentId AND s.startsAt = n.startsAt ORDER BY s.agentId`,
      [after, now, new Date(now.getTime() + AHEAD_MS)],
    );
    return rows.map((row) => ({ ...row, at: toInstant(row.at), endsAt: toInstant(row.endsAt) }));
  }

  private async tell(tx: Tx, subscriptionIds: readonly number[], answers: readonly ShiftReadiness[]) {
    const agentIds = answers.map(({ agentId }) => agentId);
    if (agentIds.length === 0) return;
    const told = await selectRows<{ agentId: number; isReady: number | boolean }>(
      tx,
      `SELECT agentId, isReady FROM readiness_told WHERE agentId IN (${placeholders(agentIds)})${lockClause(tx)}`,
      agentIds,
    );
    const known = new Map(told.map(({ agentId, isReady }) => [agentId, { isReady: Boolean(isReady) }]));
    const news = answers.filter(({ agentId, ready }) => isNews(known.get(agentId), { isReady: ready }));
    if (news.length === 0) return;
    await this.queue(tx, subscriptionIds, news);
    await execute(
      tx,
      `INSERT INTO readiness_told (agentId, isReady, shiftId) VALUES ${news.map(() => '(?, ?, ?)').join(', ')}${orUpdate(
        tx,
        ['agentId'],
        ['isReady', 'shiftId'],
      )}`,
      news.flatMap(({ agentId, ready, shiftId }) => [agentId, ready, shiftId]),
    );
  }

  private async queue(tx: Tx, subscriptionIds: readonly number[], news: readonly ShiftReadiness[]) {
    const now = this.clock.now();
    const phoneIds = await this.phoneSystemIds(tx, news);
    const bodies = news.map((one) => ({
      agentId: one.agentId,
      body: JSON.stringify(messageOf(one, phoneIds.get(one.agentId) ?? null, now)),
    }));
    await insertRows<ReadinessMessage>(
      tx,
      'readiness_message',
      subscriptionIds.flatMap((subscriptionId) =>
        bodies.map(({ agentId, body }) => ({
          messageId: randomToken(),
          subscriptionId,
          agentId,
          body,
          createdAt: now,
          attempts: 0,
          nextAttemptAt: now,
        })),
      ),
    );
  }

  private async phoneSystemIds(tx: Tx, news: readonly ShiftReadiness[]): Promise<Map<number, string>> {
    const rows = await selectRows<{ id: number; phoneSystemId: string }>(
      tx,
      `SELECT id, phoneSystemId FROM agent WHERE phoneSystemId IS NOT NULL AND id IN (${placeholders(news)})`,
      news.map(({ agentId }) => agentId),
    );
    return new Map(rows.map(({ id, phoneSystemId }) => [id, phoneSystemId]));
  }
}

type ShiftRow = { shiftId: number; agentId: number; at: string | Date; endsAt: string | Date };
