import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../common/clock.js';
import { endOfLocalDate, localDateOf } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { EnrolmentQueries, type LearnerCourse } from '../courses/index.js';
import { MailQueries } from '../notifications/index.js';
import { BookingQueries, type AgentSeat } from '../onboarding-days/index.js';
import type { AgentRow } from './agent.queries.js';
import { coursesAsOf, journeyOf, type Journey } from './journey.rules.js';

/** What of a journey is known already, so that it need not be read. */
export interface KnownOfJourney {
  /** Where the agent stands with the onboarding day. */
  day?: AgentSeat | undefined;
  courses?: LearnerCourse[];
  /** A welcome mail that was queued just now goes out at once, or on the day it was wished for. */
  welcome?: { notBefore: Date | undefined } | undefined;
}

/** Gathers the facts of a journey; what it means is decided in `journey.rules.ts`. */
@Injectable()
export class JourneyQueries {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly enrolments: EnrolmentQueries,
    private readonly mails: MailQueries,
    private readonly bookings: BookingQueries,
  ) {}

  /** The agent's journey as of now. */
  async of(agent: AgentRow): Promise<Journey> {
    const known: KnownOfJourney = {};
    // Whoever sees only a period that is over does not see what was learnt after it.
    if (agent.endOn !== null && agent.email === '')
      known.courses = coursesAsOf(
        await this.enrolments.coursesOf(agent.personId),
        endOfLocalDate(agent.endOn, this.env.TZ_NAME),
      );
    return this.within(agent, known);
  }

  /** The same inside a unit of work, where some of it is known before. */
  async within(agent: AgentRow, known: KnownOfJourney, source?: EntityManager): Promise<Journey> {
    const now = this.clock.now();
    const courses = known.courses ?? (await this.enrolments.coursesOf(agent.personId, source));
    const welcome = known.welcome
      ? queued(known.welcome.notBefore, now)
      : await this.mails.latestAbout('welcome', { type: 'agent', id: agent.id }, source);
    const day = known.day ?? (await this.bookings.seatOf(agent, source));
    const facts = {
      ...agent,
      courses,
      welcome: welcome ?? null,
      seat: day.seat,
      wait: day.wait,
      isUnplaced: day.isUnplaced,
    };
    return journeyOf(facts, localDateOf(now, this.env.TZ_NAME), this.env.TZ_NAME);
  }
}

function queued(notBefore: Date | undefined, now: Date) {
  const dueAt = notBefore && notBefore > now ? notBefore : now;
  return { state: 'queued', dueAt: dueAt.toISOString(), sentAt: null };
}
