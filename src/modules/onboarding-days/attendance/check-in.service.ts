import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '../../../common/access/principal.js';
import { Clock } from '../../../common/clock.js';
import { DomainError } from '../../../common/domain-error.js';
import { ENV, type Env } from '../../../config/env.js';
import { AttendanceQueries } from './attendance.queries.js';
import { AttendanceService } from './attendance.service.js';
import {
  checkInCode,
  checkInKey,
  checkInState,
  checkInTicket,
  isCheckInCode,
  isCheckInTicket,
} from './check-in.rules.js';
import { OnboardingDayQueries, type OnboardingDayRow } from '../onboarding-days.queries.js';

/** How it stands with somebody who has scanned a code. */
export type CheckInStep =
  | { step: 'cancelled' | 'early' | 'over' | 'code_too_old' | 'not_signed_in' | 'no_agent' | 'checked_in' }
  | { step: 'ready'; ticket: string };

/** Lets agents note their own attendance with the code on the wall. */
@Injectable()
export class CheckInService {
  private readonly key: Buffer;

  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly days: OnboardingDayQueries,
    private readonly attendances: AttendanceQueries,
    private readonly attendance: AttendanceService,
  ) {
    this.key = checkInKey(env.APP_SECRET);
  }

  /** The address that the code on the wall holds now; null while nobody checks in. */
  address(day: OnboardingDayRow): string | null {
    const now = this.clock.now();
    if (checkInState(day, now) !== 'open') return null;
    return `${this.env.PUBLIC_URL}/tjek-ind/${day.id}/${checkInCode(this.key, day.id, now)}`;
  }

  /** Where a person who has scanned stands; changes nothing. */
  async look(day: OnboardingDayRow, code: string, principal: Principal | undefined): Promise<CheckInStep> {
    const now = this.clock.now();
    const state = checkInState(day, now);
    if (state !== 'open') return { step: state };
    if (!principal) return { step: 'not_signed_in' };
    if (principal.agentId === null) return { step: 'no_agent' };
    if (await this.isThere(day.id, principal.agentId)) return { step: 'checked_in' };
    if (!isCheckInCode(this.key, day.id, code, now)) return { step: 'code_too_old' };
    return { step: 'ready', ticket: checkInTicket(this.key, day.id, principal.personId, now) };
  }

  /** Checks the person in who has scanned in time; once more changes nothing. Without a seat it is a walk-in. */
  async checkIn(day: OnboardingDayRow, ticket: string, principal: Principal): Promise<CheckInStep> {
    const now = this.clock.now();
    const state = checkInState(day, now);
    if (state !== 'open') return { step: state };
    if (principal.agentId === null) return { step: 'no_agent' };
    if (await this.isThere(day.id, principal.agentId)) return { step: 'checked_in' };
    if (!isCheckInTicket(this.key, day.id, principal.personId, ticket, now)) return { step: 'code_too_old' };
    const mark = { agentId: principal.agentId, status: 'attended' } as const;
    await this.attendance.mark(day.id, [mark], { personId: null, source: 'self' });
    return { step: 'checked_in' };
  }

  /** The day. @throws DomainError `not_found` */
  async day(dayId: number): Promise<OnboardingDayRow> {
    const day = await this.days.find(dayId);
    if (!day) throw new DomainError('not_found', 'not_found');
    return day;
  }

  /** Whoever the secretariat has marked as there, if only partly, stays marked so; an absence is put right by coming after all. */
  private async isThere(dayId: number, agentId: number): Promise<boolean> {
    const status = await this.attendances.statusOf(dayId, agentId);
    return status === 'attended' || status === 'partial';
  }
}
