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

/** What follows from a registration: new agents get a seat on the next onboarding day and a welcome, existing ones neither. */
@Injectable()
export class RegistrationFollowUp {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly seats: RegistrationSeats,
    private readonly welcome: WelcomeService,
  ) {}

  /** Last in the unit of work, and the seat last of all: many registrations want it at once. Tells what the journey need not read again. */
  async follow(
    tx: Tx,
    agent: AgentRow,
    { input, leader, municipality, today, holdsDays }: Registration,
    { courses, returns }: { courses: LearnerCourse[]; returns: boolean },
  ): Promise<Pick<KnownOfJourney, 'day' | 'welcome'>> {
    if (input.kind === 'existing') return {};
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
    await seat.take();
    return { day: dayOf(agent, seat), welcome: { notBefore } };
  }
}

function dayOf({ attendedOn }: AgentRow, { day, waitDay }: RegisteredSeat): KnownOfJourney['day'] {
  return { attendedOn, seat: day, wait: waitDay, isUnplaced: attendedOn === null && day === null };
}
