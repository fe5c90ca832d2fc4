import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../common/clock.js';
import { localDateOf } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { EnrolmentQueries } from '../courses/index.js';
import { MailQueries } from '../notifications/index.js';
import { OnboardingDayQueries, type OnboardingDayRow } from '../onboarding-days/index.js';
import type { AgentRow } from './agent.queries.js';
import { journeyOf, type Journey } from './journey.rules.js';

/** Gathers the facts of a journey; what it means is decided in `journey.rules.ts`. */
@Injectable()
export class JourneyQueries {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly enrolments: EnrolmentQueries,
    private readonly mails: MailQueries,
    private readonly days: OnboardingDayQueries,
  ) {}

  /** The agent's journey as of now. */
  async of(agent: AgentRow): Promise<Journey> {
    return this.within(agent, await this.nextDayOf(agent));
  }

  /** The onboarding day the agent is to attend; undefined when none is planned. */
  nextDayOf(agent: Pick<AgentRow, 'startOn'>, source?: EntityManager): Promise<OnboardingDayRow | undefined> {
    return this.days.next(agent.startOn, localDateOf(this.clock.now(), this.env.TZ_NAME), source);
  }

  /** The same inside a unit of work, where the next day has been read before. */
  async within(
    agent: AgentRow,
    nextDay: OnboardingDayRow | undefined,
    source?: EntityManager,
  ): Promise<Journey> {
    const courses = await this.enrolments.coursesOf(agent.personId, source);
    const welcome = await this.mails.latestAbout('welcome', { type: 'agent', id: agent.id }, source);
    const facts = { ...agent, courses, welcome: welcome ?? null, nextDay: nextDay ?? null };
    return journeyOf(facts, localDateOf(this.clock.now(), this.env.TZ_NAME), this.env.TZ_NAME);
  }
}
