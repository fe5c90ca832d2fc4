import { Inject, Injectable } from '@nestjs/common';
import { instantAt } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import type { Tx } from '../../database/unit-of-work.js';
import type { LearnerCourse } from '../courses/index.js';
import { RegistrationSeats, type RegisteredSeat } from '../onboarding-days/index.js';
import type { Registration } from './agent-registrar.js';
import type { AgentRow } from './agent.queries.js';
import type { KnownOfJourney } from './journey.queries.js';
import { WelcomeService } from './welcome.service.js';

/** What has followed, and what is still to be done at the very end. */
export interface FollowUp {
  known: Pick<KnownOfJourney, 'day' | 'welcome'>;
  /** Takes the seat that was promised. @throws SeatGone */
  takeSeat: () => Promise<void>;
}

/** What follows from a registration: new agents get a seat on the next onboarding day and a welcome, existing ones neither. */
@Injectable()
export class RegistrationFollowUp {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly seats: RegistrationSeats,
    private readonly welcome: WelcomeService,
  ) {}

  /** Tells what the journey need not read again, and leaves the seat to be taken last of all: many registrations want it at once. */
  async follow(
    tx: Tx,
    agent: AgentRow,
    { input, leader, municipality, today, holdsDays }: Registration,
    { courses, returns }: { courses: LearnerCourse[]; returns: boolean },
  ): Promise<FollowUp> {
    if (input.kind === 'existing') return { known: {}, takeSeat: async () => {} };
    const notBefore = input.welcomeOn ? instantAt(input.welcomeOn, '08:00', this.env.TZ_NAME) : undefined;
    const attendee = {
      agentId: agent.id,
      returns: returns || agent.attendedOn !== null,
      startOn: input.startOn,
      lastOn: municipality.memberTo,
      registeredAt: new Date(agent.registeredAt),
      quietUntil: notBefore ?? null,
      holdsDays,
    };
    const seat = await this.seats.choose(tx, attendee, today);
    await this.welcome.onRegistration(tx, agent, { input, leader, seat, courses, returns, notBefore });
    return { known: { day: dayOf(agent, seat), welcome: { notBefore } }, takeSeat: seat.take };
  }
}

function dayOf({ attendedOn }: AgentRow, { day, waitDay }: RegisteredSeat): KnownOfJourney['day'] {
  return { attendedOn, seat: day, wait: waitDay, isUnplaced: attendedOn === null && day === null };
}
