import { Injectable } from '@nestjs/common';
import type { Condition } from '../../common/access/scope.js';
import { Clock } from '../../common/clock.js';
import { hashToken } from '../../common/crypto.js';
import { emailKey } from '../../common/email.js';
import { execute, isUniqueViolation, placeholders } from '../../database/sql.js';
import { UnitOfWork, type Tx } from '../../database/unit-of-work.js';
import { EnrolmentService } from '../courses/index.js';
import { readMessage } from './adapters/read-message.js';
import type { MessageTarget, UnderstoodMessage } from './adapters/understood-message.js';
import type { OpenConnection } from './connection.queries.js';
import type { StoredStatus } from './entities/inbox-message.entity.js';

/** What becomes of a message, as the host is told. */
export type InboxStatus = Exclude<StoredStatus, 'test'> | 'duplicate';

/** A message whose sender has shown the secret. */
export interface ReceivedMessage {
  messageId: string;
  /** The message as it was sent. */
  text: string;
  /** The message as JSON; undefined when it is none. */
  json: unknown;
  isBroken: boolean;
}

/** Whether a message fits, and if not, why. */
interface Fate {
  status: StoredStatus;
  reason: 'unreadable' | 'not_understood' | 'unknown_learner_or_course' | null;
  enrolmentId: number | null;
  /** The address of the learner it names, while it fits nobody. */
  learnerKey: string | null;
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

  /**
   * Stores a message and applies it; one that came before changes nothing.
   * @param isTest stores it as a test of ours, which is looked at like any other and never applied
   */
  async receive(connection: OpenConnection, message: ReceivedMessage, isTest = false): Promise<InboxStatus> {
    try {
      return await this.unitOfWork.run((tx) => this.take(tx, connection, message, isTest));
    } catch (error) {
      if (error instanceof Duplicate) return 'duplicate';
      throw error;
    }
  }

  private async take(
    tx: Tx,
    connection: OpenConnection,
    message: ReceivedMessage,
    isTest: boolean,
  ): Promise<InboxStatus> {
    const understood = readMessage(connection.shape, message.json);
    const enrolment = understood && (await this.match(tx, connection, understood.targets));
    const fate = fateOf(message, understood, enrolment?.id);
    const inboxMessageId = await this.store(tx, connection, message, isTest ? asTest(fate) : fate);
    if (isTest) return 'unmatched';
    if (understood && enrolment && fate.status === 'applied')
      await this.enrolments.recordOn(tx, enrolment, {
        ...understood,
        occurredAt: this.happenedAt(understood, this.clock.now()),
        source: connection.name,
        inboxMessageId,
      });
    return fate.status as InboxStatus;
  }

  /**
   * When a message happened, as far as can be believed: a host whose clock is ahead, or that sends local time as UTC, has
   * not seen the future.
   */
  happenedAt({ occurredAt }: UnderstoodMessage, receivedAt: Date): Date {
    const now = this.clock.now();
    const said = occurredAt ?? receivedAt;
    return said > now ? now : said;
  }

  private async store(
    tx: Tx,
    connection: OpenConnection,
    { messageId, text }: ReceivedMessage,
    { status, reason, enrolmentId, learnerKey }: Fate,
  ): Promise<number> {
    try {
      const { insertId } = await execute(
        tx,
        `INSERT INTO inbox_message
            (connectionId, messageId, messageHash, body, status, reason, learnerKey, enrolmentId, receivedAt)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        [
          connection.id,
          messageId,
          hashToken(messageId),
          text,
          status,
          reason,
          learnerKey,
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
   * The enrolment a message is about, when the connection may report on its course; the first of those it may be about.
   * Its row is locked here, before the message's foreign key takes a shared lock on it: two messages about one enrolment
   * would otherwise deadlock.
   */
  async match(tx: Tx, connection: Pick<OpenConnection, 'courseIds'>, targets: readonly MessageTarget[]) {
    for (const target of targets) {
      const enrolment = await this.enrolments.lock(tx, conditionOf(target, connection.courseIds));
      if (enrolment && (connection.courseIds?.includes(enrolment.courseId) ?? true)) return enrolment;
    }
    return undefined;
  }
}

function conditionOf(target: MessageTarget, courseIds: number[] | null): Condition {
  if ('enrolment' in target) return byReference(target);
  const learner = 'personId = (SELECT id FROM person WHERE emailKey = ?)';
  const key = emailKey(target.email);
  if (target.courseCode !== null)
    return {
      sql: `${learner} AND courseId = (SELECT id FROM course WHERE code = ?)`,
      values: [key, target.courseCode],
    };
  const [only, ...others] = courseIds ?? [];
  return only === undefined || others.length > 0
    ? { sql: '1 = 0', values: [] }
    : { sql: `${learner} AND courseId = ?`, values: [key, only] };
}

function byReference({ enrolment, courseCodes }: { enrolment: string; courseCodes?: string[] }): Condition {
  if (!courseCodes) return { sql: 'reference = ?', values: [enrolment] };
  if (courseCodes.length === 0) return { sql: '1 = 0', values: [] };
  return {
    sql: `reference = ? AND courseId IN (SELECT id FROM course WHERE code IN (${placeholders(courseCodes)}))`,
    values: [enrolment, ...courseCodes],
  };
}

function fateOf(
  { isBroken }: ReceivedMessage,
  understood: UnderstoodMessage | undefined,
  enrolmentId: number | undefined,
): Fate {
  if (!understood)
    return {
      status: 'unmatched',
      reason: isBroken ? 'unreadable' : 'not_understood',
      enrolmentId: null,
      learnerKey: null,
    };
  const isMatched = enrolmentId !== undefined;
  const status = !understood.counts ? 'kept' : isMatched ? 'applied' : 'unmatched';
  return {
    status,
    reason: status === 'unmatched' ? 'unknown_learner_or_course' : null,
    enrolmentId: enrolmentId ?? null,
    learnerKey: isMatched ? null : addressIn(understood.targets),
  };
}

/** Nobody stands in a test, so nothing has to be forgotten with it. */
function asTest(fate: Fate): Fate {
  return { ...fate, status: 'test', enrolmentId: null, learnerKey: null };
}

function addressIn(targets: readonly MessageTarget[]): string | null {
  const named = targets.find((target) => 'email' in target);
  return named ? emailKey(named.email) : null;
}
