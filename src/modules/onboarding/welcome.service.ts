import { Inject, Injectable } from '@nestjs/common';
import { instantAt } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import type { Tx } from '../../database/unit-of-work.js';
import { EnrolmentQueries } from '../courses/index.js';
import { LinkService, type LeaderRow } from '../identity/index.js';
import { OutboxService } from '../notifications/index.js';
import type { OnboardingDayRow } from '../onboarding-days/index.js';
import type { RegisterAgent } from './registration.schemas.js';

/** Whom the welcome is for. */
export interface Welcomed {
  agentId: number;
  personId: number;
  firstName: string;
  email: string;
  language: string;
  startOn: string;
  firstShiftOn: string | null;
  municipalityName: string;
  leaderName: string | null;
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
    registered: {
      agentId: number;
      personId: number;
      input: RegisterAgent;
      municipality: { name: string };
      leader: LeaderRow | null;
      nextDay: OnboardingDayRow | undefined;
    },
  ): Promise<void> {
    const { agentId, personId, input, municipality, leader, nextDay } = registered;
    const notBefore = input.welcomeOn ? instantAt(input.welcomeOn, '08:00', this.env.TZ_NAME) : undefined;
    await this.send(
      tx,
      {
        ...input,
        agentId,
        personId,
        nextDay,
        firstShiftOn: input.firstShiftOn ?? null,
        municipalityName: municipality.name,
        leaderName: leader && `${leader.firstName} ${leader.lastName}`,
      },
      notBefore,
    );
    if (leader) await this.sendReceipt(tx, agentId, input, leader, nextDay);
  }

  /** Queues a welcome mail with a fresh personal link. */
  async send(tx: Tx, agent: Welcomed, notBefore?: Date): Promise<void> {
    const courses = await this.enrolments.coursesOf(agent.personId, tx);
    await this.outbox.queue(tx, {
      template: 'welcome',
      to: {
        personId: agent.personId,
        firstName: agent.firstName,
        address: agent.email,
        language: agent.language,
      },
      variables: {
        municipalityName: agent.municipalityName,
        leaderName: agent.leaderName,
        startOn: agent.startOn,
        firstShiftOn: agent.firstShiftOn,
        courses: courses.map(({ title, estimatedMinutes }) => ({ title, estimatedMinutes })),
        nextDay: agent.nextDay && { ...agent.nextDay, startsAt: new Date(agent.nextDay.startsAt) },
      },
      secretLinks: { link: await this.links.issue(tx, agent.personId, 'personal') },
      about: { type: 'agent', id: agent.agentId },
      ...(notBefore && { notBefore }),
    });
  }

  private async sendReceipt(
    tx: Tx,
    agentId: number,
    input: RegisterAgent,
    leader: LeaderRow,
    nextDay: OnboardingDayRow | undefined,
  ): Promise<void> {
    await this.outbox.queue(tx, {
      template: 'leader-receipt',
      to: {
        personId: leader.personId,
        firstName: leader.firstName,
        address: leader.email,
        language: leader.language,
      },
      variables: {
        agentName: `${input.firstName} ${input.lastName}`,
        agentUrl: `${this.env.PUBLIC_URL}/agenter/${agentId}`,
        startOn: input.startOn,
        firstShiftOn: input.firstShiftOn ?? null,
        welcomeOn: input.welcomeOn ?? null,
        nextDay: nextDay && { ...nextDay, startsAt: new Date(nextDay.startsAt) },
      },
      about: { type: 'agent', id: agentId },
    });
  }
}
