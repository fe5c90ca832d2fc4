import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { randomToken } from '../../common/crypto.js';
import { Database } from '../../database/database.js';
import { execute, toInstant } from '../../database/sql.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { MailReasons } from './mail-reasons.js';
import { MAIL_TRANSPORT, SendError, type MailTransport, type OutgoingMail } from './mail-transport.js';
import { afterFailure, type SendFailure } from './outbox.rules.js';
import { OutboxService } from './outbox.service.js';

const BATCH = 50;
/** A send that takes longer is given up, well before another instance may take the mail over. */
const SEND_LIMIT_MS = 60_000;
const LEASE_MS = 90_000;

interface DueMail {
  id: number;
  template: string;
  state: string;
  nextAttemptAt: string | Date;
  createdAt: string | Date;
  attempts: number;
  aboutId: number | null;
  toAddress: string;
  subject: string;
  html: string;
  text: string;
  sealedLinks: string | null;
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
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly outbox: OutboxService,
    private readonly reasons: MailReasons,
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
      `SELECT id, template, state, nextAttemptAt, createdAt, attempts, aboutId, toAddress, subject, html, text,
              sealedLinks
         FROM mail
        WHERE state IN ('queued', 'retrying', 'sending') AND nextAttemptAt <= ?
        ORDER BY nextAttemptAt, id LIMIT ${BATCH}`,
      [this.clock.now()],
    );
  }

  /** @returns false when the mail server cannot be reached, so that the others need not be tried now */
  private async handle(mail: DueMail): Promise<boolean> {
    const lease = await this.claim(mail);
    if (!lease) return true;
    if (!(await this.reasons.stillHold(mail.template, mail.aboutId))) {
      await this.settle(mail.id, lease, "state = 'cancelled', sealedLinks = NULL", []);
      return true;
    }
    try {
      await this.sendInTime({
        id: mail.id,
        to: mail.toAddress,
        subject: mail.subject,
        ...this.outbox.withLinks(mail),
      });
    } catch (error) {
      const failure: SendFailure =
        error instanceof SendError
          ? error.failure
          : { responseCode: undefined, message: String(error).slice(0, 255) };
      await this.noteFailure(mail, lease, failure);
      return failure.responseCode !== undefined;
    }
    await this.settle(mail.id, lease, "state = 'sent', sentAt = ?, sealedLinks = NULL, lastError = NULL", [
      this.clock.now(),
    ]);
    return true;
  }

  private async sendInTime(mail: OutgoingMail): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('The mail server took too long.')), SEND_LIMIT_MS);
    });
    try {
      await Promise.race([this.transport.send(mail), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  private async claim(mail: DueMail): Promise<string | null> {
    const lease = randomToken();
    const leaseUntil = new Date(this.clock.now().getTime() + LEASE_MS);
    const { affected } = await this.unitOfWork.run((tx) =>
      execute(
        tx,
        `UPDATE mail SET state = 'sending', leaseOwner = ?, nextAttemptAt = ?, attempts = attempts + 1
          WHERE id = ? AND state = ? AND nextAttemptAt = ?`,
        [lease, leaseUntil, mail.id, mail.state, toInstant(mail.nextAttemptAt)],
      ),
    );
    return affected === 1 ? lease : null;
  }

  private async noteFailure(mail: DueMail, lease: string, failure: SendFailure): Promise<void> {
    const now = this.clock.now();
    const outcome = afterFailure(failure, mail.attempts + 1, toInstant(mail.createdAt), now, Math.random());
    this.logger.warn({ mailId: mail.id, state: outcome.state, responseCode: failure.responseCode });
    await this.settle(
      mail.id,
      lease,
      outcome.state === 'failed'
        ? "state = 'failed', lastError = ?"
        : "state = 'retrying', lastError = ?, nextAttemptAt = ?",
      outcome.state === 'failed' ? [failure.message] : [failure.message, outcome.nextAttemptAt],
    );
  }

  /** Writes the outcome, unless the lease was lost to another instance in the meantime. */
  private async settle(id: number, lease: string, set: string, values: (string | Date)[]): Promise<void> {
    await this.unitOfWork.run((tx) =>
      execute(tx, `UPDATE mail SET ${set}, leaseOwner = NULL WHERE id = ? AND leaseOwner = ?`, [
        ...values,
        id,
        lease,
      ]),
    );
  }
}
