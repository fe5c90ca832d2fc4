import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { hashToken } from '../../common/crypto.js';
import { emailKey } from '../../common/email.js';
import { execute, isUniqueViolation } from '../../database/sql.js';
import { UnitOfWork, type Tx } from '../../database/unit-of-work.js';
import { EnrolmentService } from '../courses/index.js';
import { readOwnMessage, type MessageTarget } from './adapters/own.adapter.js';
import type { OpenConnection } from './connection.queries.js';

/** What becomes of a message. */
export type InboxStatus = 'applied' | 'unmatched' | 'duplicate';

/** A message whose signature was right. */
export interface ReceivedMessage {
  messageId: string;
  /** The body as it was sent. */
  text: string;
  /** The body as JSON; undefined when it is none. */
  json: unknown;
}

class Duplicate extends Error {}

/** Takes messages in: raw first, then understood, then merged, all or nothing. */
@Injectable()
export class InboxService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly enrolments: EnrolmentService,
  ) {}

  /** Stores a message and applies it; one that came before changes nothing. */
  async receive(connection: OpenConnection, message: ReceivedMessage): Promise<InboxStatus> {
    try {
      return await this.unitOfWork.run((tx) => this.take(tx, connection, message));
    } catch (error) {
      if (error instanceof Duplicate) return 'duplicate';
      throw error;
    }
  }

  private async take(tx: Tx, connection: OpenConnection, message: ReceivedMessage): Promise<InboxStatus> {
    const understood = readOwnMessage(message.json);
    const enrolment = understood && (await this.match(tx, connection, understood.target));
    const reason = understood ? 'unknown_learner_or_course' : 'not_understood';
    const target = understood?.target;
    const learnerKey = target && 'email' in target ? emailKey(target.email) : null;
    const inboxMessageId = await this.store(tx, connection, message, enrolment?.id, { reason, learnerKey });
    if (!understood || !enrolment) return 'unmatched';
    // A host whose clock is ahead, or that sends local time as UTC, has not seen the future.
    const now = this.clock.now();
    const occurredAt = understood.occurredAt > now ? now : understood.occurredAt;
    await this.enrolments.recordOn(tx, enrolment, {
      ...understood,
      occurredAt,
      source: connection.name,
      inboxMessageId,
    });
    return 'applied';
  }

  private async store(
    tx: Tx,
    connection: OpenConnection,
    message: ReceivedMessage,
    enrolmentId: number | undefined,
    unmatched: { reason: string; learnerKey: string | null },
  ): Promise<number> {
    try {
      const isMatched = enrolmentId !== undefined;
      const { insertId } = await execute(
        tx,
        `INSERT INTO inbox_message
            (connectionId, messageId, messageHash, body, status, reason, learnerKey, enrolmentId, receivedAt)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        [
          connection.id,
          message.messageId,
          hashToken(message.messageId),
          message.text,
          isMatched ? 'applied' : 'unmatched',
          isMatched ? null : unmatched.reason,
          isMatched ? null : unmatched.learnerKey,
          enrolmentId,
          this.clock.now(),
        ],
      );
      return insertId;
    } catch (error) {
      throw isUniqueViolation(error) ? new Duplicate() : error;
    }
  }

  /**
   * The enrolment a message is about, when the connection may report on its course. Its row is locked here, before the
   * message's foreign key takes a shared lock on it: two messages about one enrolment would otherwise deadlock.
   */
  async match(tx: Tx, connection: Pick<OpenConnection, 'courseIds'>, target: MessageTarget) {
    const enrolment = await this.enrolments.lock(
      tx,
      'enrolment' in target
        ? { sql: 'reference = ?', values: [target.enrolment] }
        : {
            sql: `personId = (SELECT id FROM person WHERE emailKey = ?)
                  AND courseId = (SELECT id FROM course WHERE code = ?)`,
            values: [emailKey(target.email), target.courseCode],
          },
    );
    const mayReport = enrolment && (connection.courseIds?.includes(enrolment.courseId) ?? true);
    return mayReport ? enrolment : undefined;
  }
}
