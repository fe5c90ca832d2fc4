import { Inject, Injectable } from '@nestjs/common';
import { addDays, instantAt, type LocalDate } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { execute, type NewRow } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import { Course, CourseVersion, EnrolmentService } from '../../modules/courses/index.js';
import type { Absence, Person, RoleAssignment } from '../../modules/identity/index.js';
import type { Membership } from '../../modules/municipalities/index.js';
import { DEMO_SECRETARIAT, onboardingDayRow } from '../demo-organisation.js';
import { DEMO_HOST } from './full-learning.js';
import { DemoRandom } from './demo-random.js';
import { insertMany, keysBy, peopleByEmail, personRow } from './demo-writing.js';
import type { DemoPlan } from './plan.js';
import { planDays, SEATS_OF_DAYS } from './plan-days.js';

const LEADERS_COURSE = 'leder-intro';
const LEADERS_SEED = 615;

/** What is there before any agent: memberships, onboarding days, courses, secretariat and leaders. */
@Injectable()
export class FullOrganisation {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly enrolments: EnrolmentService,
  ) {}

  async write(tx: Tx, plan: DemoPlan, passwordHash: string): Promise<void> {
    await insertMany<Membership>(
      tx,
      'membership',
      plan.members.map(({ code, fromOn, toOn }) => ({ municipalityCode: code, fromOn, toOn })),
    );
    await insertMany(
      tx,
      'onboarding_day',
      planDays(plan.today).map((on, n) => onboardingDayRow(on, this.env.TZ_NAME, SEATS_OF_DAYS[n])),
    );
    await this.addCourses(tx, plan);
    await this.addStaff(tx, plan, passwordHash);
    await this.addAbsences(tx, plan);
    await this.teachLeaders(tx, plan);
  }

  private async addCourses(tx: Tx, { today, goLive }: DemoPlan): Promise<void> {
    const agents = await this.addCourse(tx, addDays(goLive, -30), {
      code: 'intro',
      title: 'Velkommen til Den Digitale Hotline',
      audience: 'agent',
      estimatedMinutes: 90,
      requiredBeforeFirstShift: true,
    });
    await this.addVersion(tx, agents, 1, 'https://e-laering.vagtklar.test/intro?lang={language}', goLive);
    // As so often: the link that came back from the comments, which reports nothing.
    await this.addVersion(tx, agents, 2, 'https://360.articulate.com/review/content/d0d0/review', null, {
      createdAt: this.at(addDays(today, -6)),
      changeNote: 'Nyt afsnit om MitID; kommentarer ønskes inden godkendelse',
    });
    const leaders = await this.addCourse(tx, addDays(today, -130), {
      code: LEADERS_COURSE,
      title: 'At være leder for agenter',
      audience: 'leader',
      estimatedMinutes: 35,
      requiredBeforeFirstShift: false,
    });
    await this.addVersion(tx, leaders, 1, 'https://e-laering.vagtklar.test/leder', addDays(today, -120));
  }

  private async addCourse(
    tx: Tx,
    on: LocalDate,
    course: Pick<Course, 'code' | 'title' | 'audience' | 'estimatedMinutes' | 'requiredBeforeFirstShift'>,
  ): Promise<number> {
    const { identifiers } = await tx.insert(Course, {
      ...course,
      creditRule: 'PassedOrCompletedUnlessFailed',
      createdAt: this.at(on),
    });
    return identifiers[0]!['id'] as number;
  }

  private async addVersion(
    tx: Tx,
    courseId: number,
    number: number,
    launchUrl: string,
    publishedOn: LocalDate | null,
    changes: Partial<CourseVersion> = {},
  ): Promise<void> {
    const publishedAt = publishedOn && this.at(publishedOn);
    await tx.insert(CourseVersion, {
      courseId,
      number,
      state: publishedAt ? 'published' : 'draft',
      isRetake: false,
      launchUrl,
      publishedAt,
      ...(publishedAt && { createdAt: publishedAt }),
      ...changes,
    });
  }

  private async addStaff(tx: Tx, plan: DemoPlan, passwordHash: string): Promise<void> {
    const createdAt = this.at(addDays(plan.goLive, -20));
    const people = [
      ...DEMO_SECRETARIAT.map(([email, firstName, lastName]) => ({ email, firstName, lastName })),
      ...plan.leaders.map(({ email, firstName, lastName }) => ({ email, firstName, lastName })),
    ];
    await insertMany<Person>(
      tx,
      'person',
      people.map((person) => personRow({ ...person, passwordHash, createdAt })),
    );
    const ids = await peopleByEmail(tx);
    const role = (
      email: string,
      role: 'secretariat' | 'leader',
      code: string,
      deputyEmail: string | null,
    ) => ({
      personId: ids.get(email)!,
      role,
      municipalityCode: code,
      deputyId: deputyEmail && ids.get(deputyEmail)!,
      agentId: null,
    });
    const roles: NewRow<RoleAssignment>[] = [
      ...DEMO_SECRETARIAT.map(([email, , , code]) => role(email, 'secretariat', code, null)),
      ...plan.leaders.map((one) => role(one.email, 'leader', one.municipalityCode, one.deputyEmail)),
    ] as NewRow<RoleAssignment>[];
    await insertMany<RoleAssignment>(tx, 'role_assignment', roles);
    for (const { email, municipalityCode } of plan.leaders.filter(({ isFirst }) => isFirst))
      await execute(tx, 'UPDATE municipality SET primaryLeaderId = ? WHERE code = ?', [
        ids.get(email),
        municipalityCode,
      ]);
  }

  /** One leader is away right now, another has been, a third will be; each has a deputy. */
  private async addAbsences(tx: Tx, { today, leaders }: DemoPlan): Promise<void> {
    const ids = await peopleByEmail(tx);
    const away = leaders.filter(({ isFirst, deputyEmail }) => isFirst && deputyEmail !== null);
    const periods = [
      [-2, 5],
      [-60, -47],
      [25, 39],
    ] as const;
    await insertMany<Absence>(
      tx,
      'absence',
      periods.map(([from, to], index) => ({
        personId: ids.get(away[index + 1]!.email)!,
        fromOn: addDays(today, from),
        toOn: addDays(today, to),
        createdAt: this.at(addDays(today, from < 0 ? from - 5 : -1)),
      })),
    );
  }

  /** All leaders are enrolled in the leaders' course, and a good half of them is through. */
  private async teachLeaders(tx: Tx, { today, leaders }: DemoPlan): Promise<void> {
    const random = new DemoRandom(LEADERS_SEED);
    const ids = await peopleByEmail(tx);
    const courseId = (await keysBy(tx, 'SELECT code AS name, id FROM course')).get(LEADERS_COURSE)!;
    const publishedOn = addDays(today, -120);
    for (const { email } of leaders) await this.enrolments.enrol(tx, ids.get(email)!, courseId, publishedOn);
    await execute(tx, 'UPDATE enrolment SET createdAt = ? WHERE courseId = ?', [
      this.at(publishedOn),
      courseId,
    ]);
    const enrolled = await keysBy(tx, 'SELECT personId AS name, id FROM enrolment');
    for (const { email } of leaders) {
      const drawn = random.next();
      if (drawn > 0.75) continue;
      const isThrough = drawn < 0.6;
      await this.enrolments.record(tx, enrolled.get(String(ids.get(email)))!, {
        occurredAt: this.at(addDays(publishedOn, random.int(1, 100))),
        completion: isThrough ? 'completed' : 'incomplete',
        success: isThrough ? 'passed' : null,
        scoreScaled: null,
        seconds: null,
        source: DEMO_HOST,
        inboxMessageId: null,
      });
    }
  }

  private at(on: LocalDate): Date {
    return instantAt(on, '10:00', this.env.TZ_NAME);
  }
}
