import { Injectable } from '@nestjs/common';
import { DomainError } from '../../common/domain-error.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { AuditService } from '../audit/index.js';
import { ConnectionQueries } from './connection.queries.js';
import { IntakeService, type Receipt } from './intake.service.js';
import { testDelivery } from './test-delivery.js';

/**
 * Tries a connection out: a message of its shape goes the way of any other, from the check of the secret to the search for
 * the learner, whom it cannot find. Only the network between the host and here is not tried.
 */
@Injectable()
export class ConnectionTestService {
  constructor(
    private readonly connections: ConnectionQueries,
    private readonly intake: IntakeService,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditService,
  ) {}

  /** Sends the test message. @throws DomainError `not_found` */
  async send(connectionId: number, actorPersonId: number): Promise<Receipt> {
    const known = await this.connections.find(connectionId);
    const connection = known && (await this.connections.open(known.key));
    if (!connection) throw new DomainError('not_found', 'not_found');
    const receipt = await this.intake.receive(connection.key, testDelivery(connection), true);
    await this.unitOfWork.run((tx) =>
      this.audit.record(tx, {
        actorPersonId,
        action: 'connection.tested',
        subjectType: 'connection',
        subjectId: connectionId,
      }),
    );
    return receipt;
  }
}
