import { Inject, Injectable } from '@nestjs/common';
import { instantAt } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import type { Tx } from '../../database/unit-of-work.js';
import { EnrolmentQueries } from '../courses/index.js';
import { LinkService, type LeaderRow } from '../identity/index.js';
import { OutboxService, type MailReceiver } from '../notifications/index.js';
import type { OnboardingDayRow } from '../onboarding-days/index.js';
import type { AgentRow } from './agent.queries.js';
import { isThrough } from './journey.rules.js';
import type { RegisterAgent } from './registration.schemas.js';

/** What of a registration the welcome needs. */
export interface WelcomedRegistration {
  input: Pick<RegisterAgent, 'welcomeOn'>;
  leader: LeaderRow | null;
  nextDay: OnboardingDayRow | undefined;
}

/** Queues the welcome mail and the leader's receipt. */
@Injectable()
export class WelcomeService {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly outbox: OutboxService,
    private readonly links: LinkService,
    private readonly enrolments: EnrolmentQueries,
  ) {}

  /** The mails that answer a registration: the welcome to the agent, now or on the wished day, the receipt to the leader. */
  async onRegistration(
    tx: Tx,
    agent: AgentRow,
    { input, leader, nextDay }: WelcomedRegistration,
  ): Promise<void> {
    const { welcomeOn } = input;
    await this.send(tx, agent, nextDay, welcomeOn && instantAt(welcomeOn, '08:00', this.env.TZ_NAME));
    if (leader) await this.sendReceipt(tx, agent, welcomeOn, leader, nextDay);
  }

  /** Queues a welcome mail with a fresh personal link, in place of one that has not gone out yet. */
  async send(
    tx: Tx,
    agent: AgentRow,
    nextDay: OnboardingDayRow | undefined,
    notBefore?: Date | '',
  ): Promise<void> {
    const about = { type: 'agent', id: agent.id };
    await this.outbox.cancelAbout(tx, 'welcome', about);
    const courses = await this.enrolments.coursesOf(agent.personId, tx);
    const missing = courses.filter((course) => course.requiredBeforeFirstShift && !isThrough(course.state));
    await this.outbox.queue(tx, {
      template: 'welcome',
      to: receiver(agent.personId, agent.firstName, agent.email, agent.language),
      variables: {
        municipalityName: agent.municipalityName,
        leaderName: agent.leaderName,
        startOn: agent.startOn,
        firstShiftOn: agent.firstShiftOn,
        courses: missing.map(({ title, estimatedMinutes }) => ({ title, estimatedMinutes })),
        nextDay: nextDay && { ...nextDay, startsAt: new Date(nextDay.startsAt) },
      },
      // The link lives from the day on which it is mailed.
      secretLinks: { link: await this.links.issue(tx, agent.personId, 'personal', notBefore || undefined) },
      about,
      ...(notBefore && { notBefore }),
    });
  }

  private async sendReceipt(
    tx: Tx,
    agent: AgentRow,
    welcomeOn: string | undefined,
    leader: LeaderRow,
    nextDay: OnboardingDayRow | undefined,
  ): Promise<void> {
    await this.outbox.queue(tx, {
      template: 'leader-receipt',
      to: receiver(leader.personId, leader.firstName, leader.email, leader.language),
      variables: {
        agentName: `${agent.firstName} ${agent.lastName}`,
        agentUrl: `${this.env.PUBLIC_URL}/agenter/${agent.id}`,
        startOn: agent.startOn,
        firstShiftOn: agent.firstShiftOn,
        welcomeOn: welcomeOn ?? null,
        nextDay: nextDay && { ...nextDay, startsAt: new Date(nextDay.startsAt) },
      },
      about: { type: 'agent', id: agent.id },
    });
  }
}

function receiver(personId: number, firstName: string, address: string, language: string): MailReceiver {
  return { personId, firstName, address, language };
}
