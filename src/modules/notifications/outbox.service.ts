import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { SecretBox } from '../../common/crypto.js';
import { ENV, type Env } from '../../config/env.js';
import { execute, insertRow, insertRows, isUniqueViolation, type NewRow } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import type { Mail } from './entities/mail.entity.js';
import type { MailOrder } from './mail-order.js';
import { linkMark, MailRenderer } from './mail-renderer.js';

/** The outbox: a mail is a row in the unit of work that decided on it, and is sent after that. */
@Injectable()
export class OutboxService {
  private readonly box: SecretBox;

  constructor(
    @Inject(ENV) env: Env,
    private readonly clock: Clock,
    private readonly renderer: MailRenderer,
  ) {
    this.box = new SecretBox(env.APP_SECRET, 'mail-links');
  }

  /** Queues a mail. Gives its id, or null when one with the same dedupe key exists already. */
  async queue(tx: Tx, order: MailOrder): Promise<number | null> {
    try {
      return await insertRow<Mail>(tx, 'mail', this.rowOf(order));
    } catch (error) {
      if (order.dedupeKey && isUniqueViolation(error)) return null;
      throw error;
    }
  }

  /** Queues several mails at once, at least one; none of them may have a dedupe key. */
  async queueTogether(tx: Tx, orders: readonly Omit<MailOrder, 'dedupeKey'>[]): Promise<void> {
    await insertRows<Mail>(
      tx,
      'mail',
      orders.map((order) => this.rowOf(order)),
    );
  }

  private rowOf(order: MailOrder): NewRow<Mail> {
    const now = this.clock.now();
    return {
      ...this.renderer.render(order),
      template: order.template,
      language: order.to.language,
      toPersonId: order.to.personId,
      toAddress: order.to.address,
      sealedLinks: order.secretLinks ? this.box.seal(JSON.stringify(order.secretLinks)) : null,
      calendar: order.calendar ?? null,
      dedupeKey: order.dedupeKey ?? null,
      aboutType: order.about?.type ?? null,
      aboutId: order.about?.id ?? null,
      state: 'queued',
      attempts: 0,
      nextAttemptAt: order.notBefore && order.notBefore > now ? order.notBefore : now,
      leaseOwner: null,
      lastError: null,
      createdAt: now,
      sentAt: null,
      bouncedAt: null,
    };
  }

  /** Cancels what has not gone out yet about something, because its reason is gone. */
  async cancelAbout(tx: Tx, template: string, about: { type: string; id: number }): Promise<void> {
    await execute(
      tx,
      `UPDATE mail SET state = 'cancelled', sealedLinks = NULL
        WHERE aboutType = ? AND aboutId = ? AND template = ? AND state IN ('queued', 'retrying')`,
      [about.type, about.id, template],
    );
  }

  /** Cancels whatever has not gone out yet to a person, because the address is wrong or the person has left. */
  async cancelTo(tx: Tx, personId: number): Promise<void> {
    await execute(
      tx,
      `UPDATE mail SET state = 'cancelled', sealedLinks = NULL WHERE toPersonId = ? AND state IN ('queued', 'retrying')`,
      [personId],
    );
  }

  /** The same for one kind of mail. */
  async cancelTemplateTo(tx: Tx, template: MailOrder['template'], personId: number): Promise<void> {
    await execute(
      tx,
      `UPDATE mail SET state = 'cancelled', sealedLinks = NULL
        WHERE toPersonId = ? AND template = ? AND state IN ('queued', 'retrying')`,
      [personId, template],
    );
  }

  /** The parts of a mail with its secret links in place, for sending. */
  withLinks(mail: { html: string; text: string; sealedLinks: string | null }): {
    html: string;
    text: string;
  } {
    if (!mail.sealedLinks) return mail;
    const links = Object.entries(JSON.parse(this.box.open(mail.sealedLinks)) as Record<string, string>);
    const fill = (part: string) =>
      links.reduce((all, [name, link]) => all.replaceAll(linkMark(name), link), part);
    return { html: fill(mail.html), text: fill(mail.text) };
  }
}
