import { Injectable } from '@nestjs/common';
import { DomainError } from '../../common/domain-error.js';
import { execute, lockClause, selectRows, toInstant } from '../../database/sql.js';
import { UnitOfWork, type Tx } from '../../database/unit-of-work.js';
import { AuditService } from '../audit/index.js';
import { EnrolmentService } from '../courses/index.js';
import type { ConnectionShape } from './adapters/read-message.js';
import type { UnderstoodMessage } from './adapters/understood-message.js';
import type { StoredStatus } from './entities/inbox-message.entity.js';
import { InboxService } from './inbox.service.js';
import { understand } from './read-as.js';

/** What became of a message that was looked at again. */
export interface SortedMessage {
  id: number;
  status: 'applied' | 'unmatched';
  enrolmentId: number | null;
}

interface StoredMessage {
  id: number;
  body: string;
  status: StoredStatus;
  receivedAt: string | Date;
  shape: ConnectionShape;
  connectionId: number;
  connectionName: string;
  courseIds: string | null;
}

/** Sorts out the messages that fitted nobody: gives one to a learner by hand, or lets it find its way again. */
@Injectable()
export class InboxSortingService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly inbox: InboxService,
    private readonly enrolments: EnrolmentService,
    private readonly audit: AuditService,
  ) {}

  /**
   * Gives a message to an enrolment.
   * @throws DomainError `not_found`, `message_applied`, `message_not_waiting`, `message_not_understood`, `unknown_enrolment`
   */
  assign(messageId: number, enrolmentId: number, actorPersonId: number): Promise<SortedMessage> {
    return this.unitOfWork.run(async (tx) => {
      const message = await this.lock(tx, messageId);
      const understood = understand(message.shape, message.body);
      if (!understood) throw new DomainError('message_not_understood', 'rule');
      const [known] = await selectRows(tx, `SELECT id FROM enrolment WHERE id = ?${lockClause(tx)}`, [
        enrolmentId,
      ]);
      if (!known)
        throw new DomainError('unknown_enrolment', 'rule', {
          faults: [{ field: 'enrolmentId', code: 'unknown_enrolment' }],
        });
      return this.apply(tx, message, understood, enrolmentId, { action: 'message.assigned', actorPersonId });
    });
  }

  /** Lets a message find its learner again, after an address or a course was put right. @throws DomainError `not_found`, `message_applied`, `message_not_waiting` */
  replay(messageId: number, actorPersonId: number): Promise<SortedMessage> {
    return this.unitOfWork.run(async (tx) => {
      const message = await this.lock(tx, messageId);
      const understood = understand(message.shape, message.body);
      const courseIds = message.courseIds ? (JSON.parse(message.courseIds) as number[]) : null;
      const enrolmentId = understood && (await this.inbox.match(tx, { courseIds }, understood.targets))?.id;
      if (!understood || enrolmentId === undefined)
        return { id: messageId, status: 'unmatched', enrolmentId: null };
      return this.apply(tx, message, understood, enrolmentId, { action: 'message.replayed', actorPersonId });
    });
  }

  private async apply(
    tx: Tx,
    message: StoredMessage,
    understood: UnderstoodMessage,
    enrolmentId: number,
    by: { action: string; actorPersonId: number },
  ): Promise<SortedMessage> {
    await this.enrolments.record(tx, enrolmentId, {
      ...understood,
      occurredAt: this.inbox.happenedAt(understood, toInstant(message.receivedAt)),
      source: message.connectionName,
      inboxMessageId: message.id,
    });
    await execute(
      tx,
      "UPDATE inbox_message SET status = 'applied', reason = NULL, learnerKey = NULL, enrolmentId = ? WHERE id = ?",
      [enrolmentId, message.id],
    );
    await this.audit.record(tx, {
      actorPersonId: by.actorPersonId,
      action: by.action,
      subjectType: 'inbox_message',
      subjectId: message.id,
      detail: { enrolment: enrolmentId },
    });
    return { id: message.id, status: 'applied', enrolmentId };
  }

  /** The message, its row locked: two who sort it at once must not count it twice. */
  private async lock(tx: Tx, messageId: number): Promise<StoredMessage> {
    await selectRows(tx, `SELECT id FROM inbox_message WHERE id = ?${lockClause(tx)}`, [messageId]);
    const [message] = await selectRows<StoredMessage>(
      tx,
      `SELECT m.id, m.body, m.status, m.receivedAt, m.connectionId, c.name AS connectionName, c.shape, c.courseIds
         FROM inbox_message m JOIN connection c ON c.id = m.connectionId WHERE m.id = ?`,
      [messageId],
    );
    if (!message) throw new DomainError('not_found', 'not_found');
    if (message.status === 'applied') throw new DomainError('message_applied', 'conflict');
    if (message.status !== 'unmatched') throw new DomainError('message_not_waiting', 'conflict');
    return message;
  }
}
