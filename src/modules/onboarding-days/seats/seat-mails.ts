import { Inject, Injectable } from '@nestjs/common';
import { ENV, type Env } from '../../../config/env.js';
import { placeholders, selectRows } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import { LeaderMailService, LinkService } from '../../identity/index.js';
import { OutboxService, type MailOrder } from '../../notifications/index.js';
import { SeatCalendar } from '../calendar/seat-calendar.js';
import type { SeatChange, SeatOccasion } from './seat-changes.js';
import { ToldDays, type ToldDay } from '../told-days.js';

interface ToldAgent {
  agentId: number;
  personId: number;
  firstName: string;
  lastName: string;
  email: string;
  language: string;
  municipalityCode: string;
  leaderId: number | null;
}

interface Told {
  change: SeatChange;
  agent: ToldAgent;
  day: ToldDay | null;
  previous: ToldDay | null;
  waitDay: ToldDay | null;
}

const TOGETHER = 200;

/** Tells agents and their leaders what has become of a seat. */
@Injectable()
export class SeatMails {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly outbox: OutboxService,
    private readonly links: LinkService,
    private readonly leaders: LeaderMailService,
    private readonly days: ToldDays,
    private readonly calendar: SeatCalendar,
  ) {}

  /** One mail to each agent with the calendar entry, and one to each leader for all agents to whom the same happened. */
  async tell(tx: Tx, changes: readonly SeatChange[], byPersonId: number | null): Promise<void> {
    for (let from = 0; from < changes.length; from += TOGETHER) {
      const told = await this.read(tx, changes.slice(from, from + TOGETHER));
      await this.tellAgents(tx, told);
      await this.tellLeaders(tx, told, byPersonId);
    }
  }

  private async read(tx: Tx, changes: readonly SeatChange[]): Promise<Told[]> {
    const agents = await selectRows<ToldAgent>(
      tx,
      `SELECT a.id AS agentId, p.id AS personId, p.firstName, p.lastName, p.email, p.language, m.municipalityCode, m.leaderId
         FROM agent a JOIN person p ON p.id = a.personId JOIN employment m ON m.openAgentId = a.id
        WHERE a.id IN (${placeholders(changes)})`,
      changes.map(({ agentId }) => agentId),
    );
    const byId = new Map(agents.map((agent) => [agent.agentId, agent]));
    const days = await this.days.read(tx, changes.flatMap(dayIdsOf));
    const day = (id: number | null | undefined) => days.get(id ?? 0) ?? null;
    return changes.flatMap((change) => {
      // Who has left is not written to.
      const agent = byId.get(change.agentId);
      const { before, after, waitDayId } = change;
      return agent
        ? [{ change, agent, day: day(after?.dayId), previous: day(before?.dayId), waitDay: day(waitDayId) }]
        : [];
    });
  }

  private async tellAgents(tx: Tx, told: readonly Told[]): Promise<void> {
    const orders: MailOrder[] = [];
    for (const one of told) orders.push(await this.agentMail(tx, one));
    if (orders.length > 0) await this.outbox.queueTogether(tx, orders);
  }

  private async agentMail(tx: Tx, { change, agent, ...days }: Told): Promise<MailOrder> {
    const { personId, firstName, email, language } = agent;
    const link = await this.links.issue(tx, personId, 'personal', change.quietUntil ?? undefined);
    const calendar = this.calendar.of(change, agent, days);
    return {
      template: 'onboarding-seat',
      to: { personId, firstName, address: email, language },
      variables: { ...days, isWaiting: change.isWaiting, ...occasionFlag(change.occasion) },
      secretLinks: { link },
      about: { type: 'agent', id: agent.agentId },
      ...(calendar && { calendar }),
      ...(change.quietUntil && { notBefore: change.quietUntil }),
    };
  }

  private async tellLeaders(tx: Tx, told: readonly Told[], byPersonId: number | null): Promise<void> {
    const groups = new Map<string, Told[]>();
    for (const one of told) {
      const { agent, change } = one;
      if (agent.leaderId !== null && agent.leaderId === byPersonId) continue;
      const key = `${agent.leaderId} ${agent.municipalityCode} ${change.occasion}`;
      groups.set(key, [...(groups.get(key) ?? []), one]);
    }
    const orders: MailOrder[] = [];
    for (const group of groups.values()) {
      const order = await this.leaderMail(tx, group);
      if (order) orders.push(order);
    }
    if (orders.length > 0) await this.outbox.queueTogether(tx, orders);
  }

  private leaderMail(tx: Tx, group: readonly Told[]): Promise<MailOrder | null> {
    const [{ agent, change }] = group as [Told];
    return this.leaders.order(tx, {
      template: 'onboarding-seat-leader',
      leaderId: agent.leaderId,
      municipalityCode: agent.municipalityCode,
      variables: {
        ...occasionFlag(change.occasion),
        agents: group.map(({ agent: { agentId, firstName, lastName }, day, previous, waitDay }) => ({
          name: `${firstName} ${lastName}`,
          url: `${this.env.PUBLIC_URL}/agenter/${agentId}`,
          day,
          previous,
          waitDay,
        })),
      },
      about: { type: 'agent', id: agent.agentId },
    });
  }
}

/** A template asks for one thing by its name: `{{#if promoted}}`. */
function occasionFlag(occasion: SeatOccasion): Record<string, true> {
  return { [occasion]: true };
}

function dayIdsOf({ before, after, waitDayId }: SeatChange): number[] {
  return [before?.dayId, after?.dayId, waitDayId].filter((id) => typeof id === 'number');
}
