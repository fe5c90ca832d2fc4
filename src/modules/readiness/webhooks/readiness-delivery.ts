import { Inject, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Webhook } from 'standardwebhooks';
import { Clock } from '../../../common/clock.js';
import { SecretBox } from '../../../common/crypto.js';
import { callOut } from '../../../common/outgoing.js';
import { ENV, type Env } from '../../../config/env.js';
import { Background } from '../../../database/background.js';
import { Database } from '../../../database/database.js';
import { execute, toInstant } from '../../../database/sql.js';
import { TaskService } from '../../tasks/index.js';
import { givenUpBefore, nextAttempt } from './messages.rules.js';
import { SUBSCRIPTION_SECRETS } from './subscription-secrets.js';

const EVERY_MS = 5_000;
const BATCH = 50;
const TIMEOUT_MS = 10_000;
const LONGEST_MS = 2 * 60_000;
/** A receiver that has taken nothing for so long becomes a task. */
const ALARM_MS = 60 * 60_000;

interface DueMessage {
  id: number;
  messageId: string;
  subscriptionId: number;
  body: string;
  attempts: number;
  url: string;
  sealedSecret: string;
  failingSince: string | Date | null;
}

/** Sends signed messages (Standard Webhooks 1.0.0) about readiness: at least once, in order while the receiver answers. */
@Injectable()
export class ReadinessDelivery {
  private readonly logger = new Logger('Readiness');
  private readonly box: SecretBox;

  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly background: Background,
    private readonly database: Database,
    private readonly tasks: TaskService,
  ) {
    this.box = new SecretBox(env.APP_SECRET, SUBSCRIPTION_SECRETS);
  }

  @Interval(EVERY_MS)
  async tick(): Promise<void> {
    await this.background.tick('readiness-delivery', EVERY_MS, () => this.run());
  }

  /** Sends what is due; a receiver that does not answer is left alone until its next turn. */
  async run(): Promise<void> {
    const failed = new Set<number>();
    // Well within the lease of the job: a slow receiver must not have a second sender begin beside this one.
    const until = this.clock.now().getTime() + LONGEST_MS;
    for (let due = await this.due(); due.length > 0; due = await this.due()) {
      for (const message of due) {
        if (this.clock.now().getTime() > until) return;
        if (!failed.has(message.subscriptionId)) await this.deliver(message, failed);
      }
      if (due.every(({ subscriptionId }) => failed.has(subscriptionId))) return;
    }
  }

  private due(): Promise<DueMessage[]> {
    return this.database.select<DueMessage>(
      `SELECT m.id, m.messageId, m.subscriptionId, m.body, m.attempts, s.url, s.sealedSecret, s.failingSince
         FROM readiness_message m JOIN readiness_subscription s ON s.id = m.subscriptionId
        WHERE m.nextAttemptAt <= ? ORDER BY m.nextAttemptAt, m.id LIMIT ${BATCH}`,
      [this.clock.now()],
    );
  }

  private async deliver(message: DueMessage, failed: Set<number>): Promise<void> {
    try {
      await this.send(message);
    } catch (error) {
      failed.add(message.subscriptionId);
      this.logger.warn({ readinessMessageId: message.id, error: (error as Error).message });
      return this.noteFailure(message);
    }
    await this.noteTaken(message);
  }

  private async send({ messageId, url, body, sealedSecret }: DueMessage): Promise<void> {
    const at = this.clock.now();
    const answer = await callOut(
      url,
      {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/json',
          'webhook-id': messageId,
          'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
          'webhook-signature': new Webhook(this.box.open(sealedSecret)).sign(messageId, at, body),
        },
      },
      { allowLoopback: !this.env.isProduction, timeoutMs: TIMEOUT_MS },
    );
    await answer.body?.cancel();
    if (!answer.ok) throw new Error(`The receiver answered ${answer.status}.`);
  }

  private async noteTaken({ id, subscriptionId, failingSince }: DueMessage): Promise<void> {
    await this.database.unitOfWork.run(async (tx) => {
      await execute(tx, 'DELETE FROM readiness_message WHERE id = ?', [id]);
      await execute(tx, 'UPDATE readiness_subscription SET takenAt = ?, failingSince = NULL WHERE id = ?', [
        this.clock.now(),
        subscriptionId,
      ]);
      if (failingSince !== null)
        await this.tasks.settle(tx, 'readiness_untold', 'readiness_subscription', subscriptionId);
    });
  }

  /** All that waits for this receiver waits with it; what is too old to be told is dropped. */
  private async noteFailure(message: DueMessage): Promise<void> {
    const { id, subscriptionId, attempts } = message;
    const now = this.clock.now();
    const next = nextAttempt(attempts + 1, now, Math.random());
    const since = message.failingSince === null ? now : toInstant(message.failingSince);
    await this.database.unitOfWork.run(async (tx) => {
      await execute(tx, 'UPDATE readiness_message SET attempts = attempts + 1 WHERE id = ?', [id]);
      await execute(tx, 'DELETE FROM readiness_message WHERE subscriptionId = ? AND createdAt <= ?', [
        subscriptionId,
        givenUpBefore(now),
      ]);
      await execute(
        tx,
        'UPDATE readiness_message SET nextAttemptAt = ? WHERE subscriptionId = ? AND nextAttemptAt < ?',
        [next, subscriptionId, next],
      );
      await execute(tx, 'UPDATE readiness_subscription SET failingSince = ? WHERE id = ?', [
        since,
        subscriptionId,
      ]);
      if (now.getTime() - since.getTime() >= ALARM_MS)
        await this.tasks.open(tx, {
          kind: 'readiness_untold',
          subjectType: 'readiness_subscription',
          subjectId: subscriptionId,
          municipalityCode: null,
          occasion: since.toISOString(),
        });
    });
  }
}
