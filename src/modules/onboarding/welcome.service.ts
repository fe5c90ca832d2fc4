import { Inject, Injectable } from '@nestjs/common';
import { ENV, type Env } from '../../config/env.js';
import type { Tx } from '../../database/unit-of-work.js';
import { EnrolmentQueries, type LearnerCourse } from '../courses/index.js';
import { LeaderMailService, LinkService, type LeaderMail, type LeaderRow } from '../identity/index.js';
import { OutboxService, type MailOrder, type MailReceiver } from '../notifications/index.js';
import type { RegisteredSeat } from '../onboarding-days/index.js';
import type { AgentRow } from './agent.queries.js';
import { isThrough } from './journey.rules.js';
import type { RegisterAgent } from './registration.schemas.js';

/** What of a registration the welcome needs. */
export interface WelcomedRegistration {
  input: Pick<RegisterAgent, 'welcomeOn'>;
  leader: LeaderRow | null;
  seat: RegisteredSeat;
  courses: LearnerCourse[];
  /** Whether the agent was here before, and may have been welcomed then. */
  returns: boolean;
  /** From when on the welcome goes out; now when undefined. */
  notBefore: Date | undefined;
}

/** Queues the welcome mail and the leader's receipt. */
@Injectable()
export class WelcomeService {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly outbox: OutboxService,
    private readonly links: LinkService,
    private readonly enrolments: EnrolmentQueries,
    private readonly receipts: LeaderMailService,
  ) {}

  /** The mails that answer a registration: the welcome to the agent, now or on the wished day, the receipt to the leader. */
  async onRegistration(
    tx: Tx,
    agent: AgentRow,
    { input: { welcomeOn }, leader, seat, courses, returns, notBefore }: WelcomedRegistration,
  ): Promise<void> {
    if (returns) await this.withdraw(tx, agent);
    const welcome = await this.welcomeMail(tx, agent, { seat, courses, notBefore });
    const receipt = await this.receipts.order(tx, this.receiptMail(agent, welcomeOn, leader, seat));
    await this.outbox.queueTogether(tx, receipt ? [welcome, receipt] : [welcome]);
  }

  /** Queues a welcome mail with a fresh personal link, in place of one that has not gone out yet. */
  async send(tx: Tx, agent: AgentRow, seat: RegisteredSeat): Promise<void> {
    await this.withdraw(tx, agent);
    const courses = await this.enrolments.coursesOf(agent.personId, tx);
    const mail = await this.welcomeMail(tx, agent, { seat, courses, notBefore: undefined });
    await this.outbox.queue(tx, mail);
  }

  private withdraw(tx: Tx, agent: AgentRow): Promise<void> {
    return this.outbox.cancelAbout(tx, 'welcome', { type: 'agent', id: agent.id });
  }

  private async welcomeMail(
    tx: Tx,
    agent: AgentRow,
    { seat, courses, notBefore }: Pick<WelcomedRegistration, 'seat' | 'courses' | 'notBefore'>,
  ): Promise<MailOrder> {
    const calendar = seat.calendar(agent);
    const missing = courses.filter((course) => course.requiredBeforeFirstShift && !isThrough(course.state));
    return {
      template: 'welcome',
      to: receiver(agent.personId, agent.firstName, agent.email, agent.language),
      variables: {
        municipalityName: agent.municipalityName,
        leaderName: agent.leaderName,
        startOn: agent.startOn,
        firstShiftOn: agent.firstShiftOn,
        courses: missing.map(({ title, estimatedMinutes }) => ({ title, estimatedMinutes })),
        day: seat.day,
        waitDay: seat.waitDay,
      },
      // The link lives from the day on which it is mailed.
      secretLinks: { link: await this.links.issue(tx, agent.personId, 'personal', notBefore) },
      about: { type: 'agent', id: agent.id },
      ...(calendar && { calendar }),
      ...(notBefore && { notBefore }),
    };
  }

  private receiptMail(
    agent: AgentRow,
    welcomeOn: string | undefined,
    leader: LeaderRow | null,
    { day, waitDay }: RegisteredSeat,
  ): LeaderMail {
    return {
      template: 'leader-receipt',
      leaderId: leader?.personId ?? null,
      municipalityCode: agent.municipalityCode,
      variables: {
        agentName: `${agent.firstName} ${agent.lastName}`,
        agentUrl: `${this.env.PUBLIC_URL}/agenter/${agent.id}`,
        startOn: agent.startOn,
        firstShiftOn: agent.firstShiftOn,
        welcomeOn: welcomeOn ?? null,
        day,
        waitDay,
      },
      about: { type: 'agent', id: agent.id },
    };
  }
}

function receiver(personId: number, firstName: string, address: string, language: string): MailReceiver {
  return { personId, firstName, address, language };
}
