import { setTimeout as wait } from 'node:timers/promises';
import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { randomToken } from '../../common/crypto.js';
import { ENV, type Env } from '../../config/env.js';
import { Database } from '../../database/database.js';
import { execute, selectRows, toInstant, type SqlValue } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import { MailConcerns } from './mail-concerns.js';
import { MAIL_TRANSPORT, SendError, type MailTransport } from './mail-transport.js';
import { afterFailure, type SendFailure } from './outbox.rules.js';
import { OutboxService } from './outbox.service.js';

const BATCH = 50;
/** The part of its lease that an instance uses for sending; the rest is for noting the outcome. */
const SENDING_SHARE = 2 / 3;
const NOTE_AGAIN_MS = 1000;

/**
 * Leases are counted by the clock of the database: between two machines whose clocks differ by more than a lease, each would
 * take over what the other is sending.
 */
const LEASES = {
  mysql: {
    now: 'UTC_TIMESTAMP(3)',
    end: (seconds: number) => `UTC_TIMESTAMP(3) + INTERVAL ${seconds} SECOND`,
  },
  sqlite: {
    now: "strftime('%Y-%m-%d %H:%M:%f', 'now')",
    end: (seconds: number) => `strftime('%Y-%m-%d %H:%M:%f', 'now', '+${seconds} seconds')`,
  },
};

interface DueMail {
  id: number;
  template: string;
  state: string;
  nextAttemptAt: string | Date;
  createdAt: string | Date;
  attempts: number;
  aboutId: number | null;
  dedupeKey: string | null;
  toPersonId: number | null;
  toAddress: string;
  subject: string;
  html: string;
  text: string;
  sealedLinks: string | null;
  calendar: string | null;
}

/** A mail that is this instance's to send. */
interface Claim {
  mail: DueMail;
  lease: string;
  /** After this, by our own clock, it is no longer begun or waited for, well before others may take it over. */
  sendBy: Date;
  /** After this others may have taken it over. */
  ours: Date;
}

/**
 * Sends what is due, one mail after the other, so that a crash can double at most the one that was on its way. Several
 * instances share the outbox: each mail is claimed by compare-and-set before it is touched.
 */
@Injectable()
export class MailDispatcher implements OnApplicationShutdown {
  private readonly logger = new Logger('Mail');
  private running: Promise<void> | undefined;
  private stopped = false;

  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly outbox: OutboxService,
    private readonly concerns: MailConcerns,
    @Inject(MAIL_TRANSPORT) private readonly transport: MailTransport,
  ) {}

  /** Sends everything that is due now. A call while one is under way joins it. */
  run(): Promise<void> {
    this.running ??= this.sendDue().finally(() => (this.running = undefined));
    return this.running;
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    await this.running;
    this.transport.close();
  }

  private async sendDue(): Promise<void> {
    for (;;) {
      const due = await this.due();
      for (const mail of due) {
        if (this.stopped) return;
        const canGoOn = await this.handle(mail);
        if (!canGoOn) return;
      }
      if (due.length < BATCH) return;
    }
  }

  private due(): Promise<DueMail[]> {
    return this.database.select<DueMail>(
      `SELECT id, template, state, nextAttemptAt, createdAt, attempts, aboutId, dedupeKey, toPersonId, toAddress, subject, html,
              text, sealedLinks, calendar
         FROM mail
        WHERE (state IN ('queued', 'retrying') AND nextAttemptAt <= ?)
           OR (state = 'sending' AND nextAttemptAt <= ${LEASES[this.database.kind].now})
        ORDER BY nextAttemptAt, id LIMIT ${BATCH}`,
      [this.clock.now()],
    );
  }

  /** @returns false when the mail server cannot be reached, so that the others need not be tried now */
  private async handle(mail: DueMail): Promise<boolean> {
    const claim = await this.claim(mail);
    if (!claim) return true;
    if (!(await this.concerns.reasons.stillHold(mail.template, mail.aboutId, mail.dedupeKey))) {
      await this.settle(claim, "state = 'cancelled', sealedLinks = NULL", []);
      return true;
    }
    try {
      await this.sendInTime(claim);
    } catch (error) {
      const failure: SendFailure =
        error instanceof SendError
          ? error.failure
          : { responseCode: undefined, message: String(error).slice(0, 255) };
      await this.noteFailure(claim, failure);
      return failure.responseCode !== undefined;
    }
    await this.noteSent(claim);
    return true;
  }

  private async sendInTime({ mail, sendBy }: Claim): Promise<void> {
    const left = sendBy.getTime() - this.clock.now().getTime();
    // The claim had to wait for the database, or the process was frozen after it: somebody else may be sending by now.
    if (left <= 0) throw new Error('The lease was used up before sending began.');
    const outgoing = {
      id: mail.id,
      to: mail.toAddress,
      subject: mail.subject,
      calendar: mail.calendar,
      ...this.outbox.withLinks(mail),
    };
    // Cut off, not only left waiting: a conversation that went on would deliver what is tried again later.
    const giveUp = new AbortController();
    const timer = setTimeout(() => giveUp.abort(), left);
    try {
      await this.transport.send(outgoing, giveUp.signal);
    } finally {
      clearTimeout(timer);
    }
  }

  private async claim(mail: DueMail): Promise<Claim | null> {
    const lease = randomToken();
    const seconds = this.env.MAIL_LEASE_SECONDS;
    // Counted from before the database is asked, so that our time is over first however long the answer takes.
    const asked = this.clock.now().getTime();
    const isOurs = await this.database.unitOfWork.run(async (tx) => {
      const asSeen = [mail.id, mail.state, toInstant(mail.nextAttemptAt)];
      if (!(await this.isFree(tx, asSeen))) return false;
      const { affected } = await execute(
        tx,
        `UPDATE mail SET state = 'sending', leaseOwner = ?, nextAttemptAt = ${LEASES[this.database.kind].end(seconds)},
                attempts = attempts + 1
          WHERE id = ? AND state = ? AND nextAttemptAt = ?`,
        [lease, ...asSeen],
      );
      return affected === 1;
    });
    if (!isOurs) return null;
    const sendBy = new Date(asked + seconds * 1000 * SENDING_SHARE);
    return { mail, lease, sendBy, ours: new Date(asked + seconds * 1000) };
  }

  /** An instance that froze in the middle of its transaction keeps the row locked: it is passed over, not waited for. */
  private async isFree(tx: Tx, asSeen: SqlValue[]): Promise<boolean> {
    if (this.database.kind === 'sqlite') return true;
    const sql = 'SELECT id FROM mail WHERE id = ? AND state = ? AND nextAttemptAt = ? FOR UPDATE SKIP LOCKED';
    return (await selectRows(tx, sql, asSeen)).length === 1;
  }

  /** The mail server has it, so a database that is away for a moment is asked again rather than the mail sent again. */
  private async noteSent(claim: Claim): Promise<void> {
    const sentAt = this.clock.now();
    for (;;)
      try {
        return await this.settle(claim, "state = 'sent', sentAt = ?, sealedLinks = NULL, lastError = NULL", [
          sentAt,
        ]);
      } catch (error) {
        if (this.stopped || this.clock.now() >= claim.ours) throw error;
        await wait(NOTE_AGAIN_MS);
      }
  }

  private async noteFailure(claim: Claim, failure: SendFailure): Promise<void> {
    const { mail } = claim;
    const now = this.clock.now();
    const outcome = afterFailure(failure, mail.attempts + 1, toInstant(mail.createdAt), now, Math.random());
    this.logger.warn({ mailId: mail.id, state: outcome.state, responseCode: failure.responseCode });
    if (outcome.state === 'retrying')
      await this.settle(claim, "state = 'retrying', lastError = ?, nextAttemptAt = ?", [
        failure.message,
        outcome.nextAttemptAt,
      ]);
    else
      await this.settle(claim, "state = 'failed', lastError = ?", [failure.message], (tx) =>
        this.concerns.undeliverable.tell(tx, mail),
      );
  }

  /** Writes the outcome, unless the lease was lost to another instance in the meantime. */
  private async settle(
    { mail, lease }: Claim,
    set: string,
    values: SqlValue[],
    then: (tx: Tx) => Promise<void> = async () => {},
  ): Promise<void> {
    const isNoted = await this.database.unitOfWork.run(async (tx) => {
      const { affected } = await execute(
        tx,
        `UPDATE mail SET ${set}, leaseOwner = NULL WHERE id = ? AND leaseOwner = ?`,
        [...values, mail.id, lease],
      );
      if (affected === 1) await then(tx);
      return affected === 1;
    });
    if (!isNoted) this.logger.warn({ mailId: mail.id, outcome: 'lease lost, nothing noted' });
  }
}
