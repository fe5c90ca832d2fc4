import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ENV, type Env } from '../../config/env.js';
import { execute, placeholders, selectRows } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import { LinkService } from '../identity/index.js';
import { OutboxService, type MailOrder } from '../notifications/index.js';

/** Somebody who has completed the course and is to take it again. */
export interface Retaker {
  enrolmentId: number;
  personId: number;
  firstName: string;
  email: string;
  language: string;
}

/** The version that is to be taken. */
export interface RetakenVersion {
  id: number;
  changeNote: string | null;
}

interface RetakenCourse {
  id: number;
  title: string;
  audience: 'agent' | 'leader';
  estimatedMinutes: number;
}

const AT_ONCE = 100;

/** Only those who work for DDH now; whoever comes back later takes what is new then anyway. */
const RETAKERS = `SELECT e.id AS enrolmentId, p.id AS personId, p.firstName, p.email, p.language
  FROM enrolment e JOIN person p ON p.id = e.personId AND p.deactivatedAt IS NULL
 WHERE e.courseId = ? AND e.state = 'completed' AND `;
const STILL = {
  agent: 'EXISTS (SELECT 1 FROM agent a JOIN employment m ON m.openAgentId = a.id WHERE a.personId = p.id)',
  leader: "EXISTS (SELECT 1 FROM role_assignment r WHERE r.personId = p.id AND r.role = 'leader')",
};

/** Asks those who are through with a course to take its new version. */
@Injectable()
export class RetakeService {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly links: LinkService,
    private readonly outbox: OutboxService,
  ) {}

  /** Whom a version that is to be taken again reaches. */
  retakers(source: EntityManager, course: Pick<RetakenCourse, 'id' | 'audience'>): Promise<Retaker[]> {
    return selectRows<Retaker>(source, `${RETAKERS}${STILL[course.audience]} ORDER BY e.id`, [course.id]);
  }

  /** Notes it on their enrolments and mails them; gives how many they are. */
  async ask(tx: Tx, course: RetakenCourse, version: RetakenVersion): Promise<number> {
    const people = await this.retakers(tx, course);
    for (let from = 0; from < people.length; from += AT_ONCE)
      await this.askSome(tx, course, version, people.slice(from, from + AT_ONCE));
    return people.length;
  }

  private async askSome(
    tx: Tx,
    course: RetakenCourse,
    version: RetakenVersion,
    people: Retaker[],
  ): Promise<void> {
    const ids = people.map((one) => one.enrolmentId);
    await execute(
      tx,
      `UPDATE enrolment SET retakeVersionId = ?, version = version + 1 WHERE id IN (${placeholders(ids)})`,
      [version.id, ...ids],
    );
    const orders: MailOrder[] = [];
    for (const person of people) orders.push(await this.mail(tx, course, version, person));
    await this.outbox.queueTogether(tx, orders);
  }

  private async mail(
    tx: Tx,
    { title, estimatedMinutes, audience }: RetakenCourse,
    { id, changeNote }: RetakenVersion,
    person: Retaker,
  ): Promise<MailOrder> {
    const { enrolmentId, personId, firstName, email, language } = person;
    const order: MailOrder = {
      template: 'course-again',
      to: { personId, firstName, address: email, language },
      variables: { title, estimatedMinutes, changeNote },
      about: { type: 'enrolment', id: enrolmentId },
      dedupeKey: `course-again:${enrolmentId}:${id}`,
    };
    if (audience === 'leader')
      return {
        ...order,
        variables: { ...order.variables, link: `${this.env.PUBLIC_URL}/laer/${enrolmentId}` },
      };
    return { ...order, secretLinks: { link: await this.links.issue(tx, personId, 'personal') } };
  }
}
