import { Injectable } from '@nestjs/common';
import type { Principal } from '../../common/access/principal.js';
import { seesAll } from '../../common/access/scope.js';
import { Clock } from '../../common/clock.js';
import { DomainError } from '../../common/domain-error.js';
import { emailKey } from '../../common/email.js';
import type { LocalDate } from '../../common/local-date.js';
import { Idempotency, type IdempotentCall } from '../../database/idempotency.js';
import { lockClause, selectRows } from '../../database/sql.js';
import { UnitOfWork, type Tx } from '../../database/unit-of-work.js';
import { TransferRequest } from './entities/transfer-request.entity.js';
import { TransferFollowUp } from './transfer-follow-up.js';
import { TransferService, type Transfer } from './transfer.service.js';

/** A wish to take over whoever has the address. */
export interface NewTransferRequest {
  email: string;
  on: LocalDate;
}

const DAY_MS = 24 * 3_600_000;
/** More than any municipality takes over in a day, and too few to try addresses out. */
const REQUESTS_A_DAY = 20;

interface WaitingRow {
  id: number;
  agentId: number;
  toMunicipalityCode: string;
  leaderId: number | null;
  onDate: LocalDate;
  municipalityCode: string;
}

/**
 * Lets a leader ask for an agent of another municipality. The one who asks learns nothing before the releasing side has said
 * yes: every request is kept and answered alike, whether or not there is such an agent.
 */
@Injectable()
export class TransferRequestService {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly transfers: TransferService,
    private readonly follow: TransferFollowUp,
  ) {}

  /** Notes the wish, and tells the releasing leader if there is one. */
  async request(
    wish: NewTransferRequest,
    by: Principal,
    call: IdempotentCall,
  ): Promise<{ status: 'accepted' }> {
    const [municipalityCode] = by.municipalityCodes;
    if (by.municipalityCodes.length !== 1 || !municipalityCode)
      throw new DomainError('forbidden', 'forbidden');
    return this.idempotency.run(call, async (tx) => {
      if (await this.isAskedAlready(tx, wish, municipalityCode, by.personId))
        return { status: 'accepted' as const };
      const agent = await this.findElsewhere(tx, wish.email, municipalityCode);
      const createdAt = this.clock.now();
      const { identifiers } = await tx.insert(TransferRequest, {
        agentId: agent?.agentId ?? null,
        email: wish.email.trim().toLowerCase(),
        toMunicipalityCode: municipalityCode,
        leaderId: by.personId,
        onDate: wish.on,
        requestedByPersonId: by.personId,
        state: 'waiting',
        createdAt,
      });
      const id = identifiers[0]!['id'] as number;
      await this.follow.requested(tx, id, by, agent);
      return { status: 'accepted' as const };
    });
  }

  /** Approves a request and moves the agent. @throws DomainError `not_found`, and those of a transfer */
  async approve(requestId: number, by: Principal): Promise<Transfer> {
    return this.unitOfWork.run(async (tx) => {
      const request = await this.lock(tx, requestId, by);
      await this.follow.decided(tx, requestId, 'approved', by);
      return this.transfers.transferWithin(
        tx,
        request.agentId,
        {
          municipalityCode: request.toMunicipalityCode,
          leaderId: request.leaderId ?? undefined,
          on: request.onDate,
        },
        by,
      );
    });
  }

  /** Declines a request; the one who asked is not told. @throws DomainError `not_found` */
  async decline(requestId: number, by: Principal): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.lock(tx, requestId, by);
      await this.follow.decided(tx, requestId, 'declined', by);
    });
  }

  /** A waiting request that the caller may decide on, its row locked; for anybody else there is none. */
  private async lock(tx: Tx, requestId: number, by: Principal): Promise<WaitingRow> {
    await selectRows(tx, `SELECT id FROM transfer_request WHERE id = ?${lockClause(tx)}`, [requestId]);
    const [row] = await selectRows<WaitingRow>(
      tx,
      `SELECT r.id, r.agentId, r.toMunicipalityCode, r.leaderId, r.onDate, m.municipalityCode
         FROM transfer_request r JOIN employment m ON m.openAgentId = r.agentId
        WHERE r.id = ? AND r.state = 'waiting'`,
      [requestId],
    );
    const mayDecide = row && (seesAll(by) || by.municipalityCodes.includes(row.municipalityCode));
    if (!mayDecide) throw new DomainError('not_found', 'not_found');
    return row;
  }

  /** A second request for the same address changes nothing. @throws DomainError `too_many_requests` beyond a day's number */
  private async isAskedAlready(
    tx: Tx,
    { email }: NewTransferRequest,
    municipalityCode: string,
    personId: number,
  ): Promise<boolean> {
    const since = new Date(this.clock.now().getTime() - DAY_MS);
    const recent = await selectRows<{ email: string | null; toMunicipalityCode: string }>(
      tx,
      'SELECT email, toMunicipalityCode FROM transfer_request WHERE requestedByPersonId = ? AND createdAt > ?',
      [personId, since],
    );
    const wanted = email.trim().toLowerCase();
    if (recent.some((row) => row.email === wanted && row.toMunicipalityCode === municipalityCode))
      return true;
    if (recent.length >= REQUESTS_A_DAY)
      throw new DomainError('too_many_requests', 'too_many', { retryAfterSeconds: DAY_MS / 1000 });
    return false;
  }

  private async findElsewhere(tx: Tx, email: string, municipalityCode: string) {
    const [agent] = await selectRows<{ agentId: number; municipalityCode: string; leaderId: number | null }>(
      tx,
      `SELECT a.id AS agentId, m.municipalityCode, m.leaderId
         FROM person p JOIN agent a ON a.personId = p.id JOIN employment m ON m.openAgentId = a.id
        WHERE p.emailKey = ? AND m.municipalityCode <> ?`,
      [emailKey(email), municipalityCode],
    );
    return agent;
  }
}
