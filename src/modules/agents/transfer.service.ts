import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '../../common/access/principal.js';
import { scopeOf } from '../../common/access/scope.js';
import { Clock } from '../../common/clock.js';
import { localDateOf, type LocalDate } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { Idempotency, type IdempotentCall } from '../../database/idempotency.js';
import { UnitOfWork, type Tx } from '../../database/unit-of-work.js';
import { TransferRequest } from './entities/transfer-request.entity.js';
import { OpenEmployments } from './open-employments.js';
import { TransferSteps } from './transfer-steps.js';

/** A transfer as the secretariat decides it. */
export interface NewTransfer {
  municipalityCode: string;
  leaderId?: number | undefined;
  /** First day in the new municipality. */
  on: LocalDate;
}

/** A transfer as its maker sees it. */
export interface Transfer extends NewTransfer {
  agentId: number;
  leaderId: number | undefined;
  state: 'done' | 'planned';
}

/** Moves agents from one municipality to another. */
@Injectable()
export class TransferService {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly employments: OpenEmployments,
    private readonly steps: TransferSteps,
  ) {}

  /**
   * Moves an agent, at once or on a day to come.
   * @throws DomainError `not_found`, `agent_departed`, `same_municipality`, `not_a_member`, `unknown_leader`, `before_start`
   */
  transfer(agentId: number, transfer: NewTransfer, by: Principal, call: IdempotentCall): Promise<Transfer> {
    return this.idempotency.run(call, (tx) => this.transferWithin(tx, agentId, transfer, by));
  }

  /** Takes a transfer back that waits for its day. @throws DomainError `not_found`, `no_planned_transfer` */
  async cancel(agentId: number, by: Principal): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.employments.lock(tx, scopeOf(by), agentId);
      await this.steps.cancelPlanned(tx, agentId, by.personId);
    });
  }

  /** The same inside a unit of work, of an agent within what the caller may see. */
  async transferWithin(tx: Tx, agentId: number, transfer: NewTransfer, by: Principal): Promise<Transfer> {
    const actorPersonId = by.personId;
    const open = await this.employments.lock(tx, scopeOf(by), agentId);
    const leaderId = await this.steps.check(tx, open, transfer);
    const isLater = transfer.on > localDateOf(this.clock.now(), this.env.TZ_NAME);
    const now = this.clock.now();
    await tx.insert(TransferRequest, {
      agentId,
      email: null,
      toMunicipalityCode: transfer.municipalityCode,
      leaderId,
      onDate: transfer.on,
      requestedByPersonId: actorPersonId,
      state: 'approved',
      decidedByPersonId: actorPersonId,
      decidedAt: now,
      appliedAt: isLater ? null : now,
      createdAt: now,
    });
    if (!isLater)
      await this.steps.apply(tx, open, { ...transfer, leaderId: leaderId ?? undefined }, actorPersonId);
    return { agentId, ...transfer, leaderId: leaderId ?? undefined, state: isLater ? 'planned' : 'done' };
  }
}
