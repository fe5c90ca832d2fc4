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
const DAY_MS = 24 * 3_600_000;
const AHEAD_MS = 14 * DAY_MS;
const TOGETHER = 1_000;

/** Notices who has become ready for the next shift, or the one that is going on, or is no longer, and queues a message to every program that wants to know. */
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
    if (!(await this.database.selectOne('SELECT id FROM readiness_subscription LIMIT 1'))) return;
    for (let after = 0; ;) {
      const shifts = await this.nextShifts(after);
      const last = shifts.at(-1);
      if (!last) return;
      const answers = await this.readiness.answer(shifts);
      await this.database.unitOfWork.run((tx) => this.tell(tx, answers));
      after = last.agentId;
    }
  }

  /** The next shift of each agent, by agent. */
  private async nextShifts(after: number) {
    const now = this.clock.now();
    const rows = await this.database.select<ShiftRow>(
      `SELECT s.id AS shiftId, s.agentId, s.startsAt AS at, s.endsAt
         FROM (SELECT agentId, MIN(startsAt) AS startsAt FROM shift
                WHERE agentId > ? AND startsAt > ? AND endsAt > ? AND startsAt <= ?
                GROUP BY agentId ORDER BY agentId LIMIT ${TOGETHER}) n
         JOIN shift s ON s.agentId = n.agentId AND s.startsAt = n.startsAt ORDER BY s.agentId`,
      // No shift is longer than a day; the one that is going on comes first.
      [after, new Date(now.getTime() - DAY_MS), now, new Date(now.getTime() + AHEAD_MS)],
    );
    return rows.map((row) => ({ ...row, at: toInstant(row.at), endsAt: toInstant(row.endsAt) }));
  }

  private async tell(tx: Tx, answers: readonly ShiftReadiness[]) {
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
    // Held, so that a program that subscribes meanwhile waits, and then has everything told anew.
    const subscriptions = await selectRows<{ id: number }>(
      tx,
      `SELECT id FROM readiness_subscription ORDER BY id${lockClause(tx)}`,
    );
    await this.queue(
      tx,
      subscriptions.map(({ id }) => id),
      news,
    );
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
    // What still waits says what no longer is so, and would come after this.
    const agentIds = news.map(({ agentId }) => agentId);
    await execute(tx, `DELETE FROM readiness_message WHERE agentId IN (${placeholders(agentIds)})`, agentIds);
    for (const subscriptionId of subscriptionIds)
      await insertRows<ReadinessMessage>(
        tx,
        'readiness_message',
        bodies.map(({ agentId, body }) => ({
          messageId: randomToken(),
          subscriptionId,
          agentId,
          body,
          createdAt: now,
          attempts: 0,
          nextAttemptAt: now,
        })),
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
