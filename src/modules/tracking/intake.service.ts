import { Injectable } from '@nestjs/common';
import { DomainError } from '../../common/domain-error.js';
import { ConnectionQueries, type OpenConnection } from './connection.queries.js';
import { trust } from './credentials.js';
import { readDelivery, type Delivery, type ReadDelivery } from './delivery.js';
import { InboxService, type InboxStatus } from './inbox.service.js';
import { RefusalService } from './refusal.service.js';

/** What a text column of MySQL holds, in bytes. */
const LARGEST_MESSAGE = 65_535;
/** So many statements may come in one array. */
const MOST_MESSAGES = 500;

/** What the host is told. */
export interface Receipt {
  messageId: string;
  status: InboxStatus;
}

/** Takes deliveries in: first whether the host may, then what it says; what is refused is counted. */
@Injectable()
export class IntakeService {
  constructor(
    private readonly connections: ConnectionQueries,
    private readonly inbox: InboxService,
    private readonly refusals: RefusalService,
  ) {}

  /**
   * Stores what a host sent and applies it.
   * @param isTest stores it as a test of ours, which never changes an enrolment
   * @throws DomainError `invalid_signature`, `body_too_large`, `unreadable_message` (which is stored all the same)
   */
  async receive(key: string, delivery: Delivery, isTest = false): Promise<Receipt> {
    const connection = /^[0-9a-z]{1,40}$/.test(key) ? await this.connections.open(key) : undefined;
    const trusted = connection && trust(connection, delivery);
    if (!trusted) {
      if (connection) await this.refusals.note(connection.id, 'invalid_signature');
      // Many programs show a password only after they were asked for it. All connections ask alike, known or not.
      throw new DomainError('invalid_signature', 'unauthenticated', { challenge: 'Basic realm="Vagtklar"' });
    }
    const read = readDelivery(connection.shape, delivery, trusted.signedId);
    await this.assertStorable(connection, read);
    const status = await this.store(connection, read, isTest);
    if (read.isBroken) await this.refuseBroken(connection, status);
    return { messageId: read.messageId, status };
  }

  private async assertStorable(connection: OpenConnection, { messages }: ReadDelivery): Promise<void> {
    const isStorable =
      messages.length <= MOST_MESSAGES &&
      messages.every(({ text }) => Buffer.byteLength(text) <= LARGEST_MESSAGE);
    if (isStorable) return;
    await this.refusals.note(connection.id, 'body_too_large');
    throw new DomainError('body_too_large', 'too_large');
  }

  /** What became of the most telling of the messages. */
  private async store(
    connection: OpenConnection,
    { messages }: ReadDelivery,
    isTest: boolean,
  ): Promise<InboxStatus> {
    const statuses = new Set<InboxStatus>();
    for (const message of messages) statuses.add(await this.inbox.receive(connection, message, isTest));
    return MOST_TELLING.find((status) => statuses.has(status))!;
  }

  /** Rustici sends what is refused up to 70 times more; it is told that its message has come, which is true. */
  private async refuseBroken(connection: OpenConnection, status: InboxStatus): Promise<void> {
    // The same broken body again is no further failure.
    if (status === 'duplicate') return;
    await this.refusals.note(connection.id, 'unreadable_message');
    if (connection.shape !== 'rustici') throw new DomainError('unreadable_message', 'malformed');
  }
}

const MOST_TELLING: readonly InboxStatus[] = ['unmatched', 'applied', 'kept', 'duplicate'];
