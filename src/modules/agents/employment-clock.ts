import { Inject, Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock } from '../../common/clock.js';
import { localDateOf, type LocalDate } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { Background } from '../../database/background.js';
import { Database } from '../../database/database.js';
import { DueChanges, type DueTransfer } from './due-changes.js';
import { MembershipEnds } from './membership-ends.js';

const EVERY_MS = 10 * 60_000;

/** Does what was planned for a day once the day has come: departures, transfers, the end of memberships. */
@Injectable()
export class EmploymentClock {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly background: Background,
    private readonly changes: DueChanges,
    private readonly memberships: MembershipEnds,
  ) {}

  @Interval(EVERY_MS)
  async tick(): Promise<void> {
    await this.background.tick('employments', EVERY_MS, () => this.run());
  }

  /** Does everything that is due; running it again does nothing more. */
  async run(): Promise<void> {
    const today = localDateOf(this.clock.now(), this.env.TZ_NAME);
    for (const transfer of await this.dueTransfers(today)) await this.changes.transfer(transfer);
    for (const { agentId } of await this.dueDepartures(today)) await this.changes.depart(agentId, today);
    for (const { agentId, on } of await this.memberships.leftBehind(today))
      await this.changes.depart(agentId, today, { on, reason: 'membership_ended' });
    await this.memberships.handOver(today);
  }

  private dueTransfers(today: LocalDate): Promise<DueTransfer[]> {
    return this.database.select<DueTransfer>(
      `SELECT id, agentId, toMunicipalityCode AS municipalityCode, leaderId, onDate AS \`on\`, decidedByPersonId
         FROM transfer_request WHERE state = 'approved' AND appliedAt IS NULL AND onDate <= ? ORDER BY onDate, id`,
      [today],
    );
  }

  private dueDepartures(today: LocalDate): Promise<{ agentId: number }[]> {
    return this.database.select<{ agentId: number }>(
      'SELECT agentId FROM employment WHERE openAgentId IS NOT NULL AND endOn < ? ORDER BY id',
      [today],
    );
  }
}
