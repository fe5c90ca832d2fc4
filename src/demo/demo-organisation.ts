import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { addDays, instantAt, weekdaysBefore, type LocalDate } from '../common/local-date.js';
import { ENV, type Env } from '../config/env.js';
import type { NewRow } from '../database/sql.js';
import type { Tx } from '../database/unit-of-work.js';
import { Course, CourseVersion } from '../modules/courses/index.js';
import { Membership, Municipality } from '../modules/municipalities/index.js';
import { OnboardingDay } from '../modules/onboarding-days/index.js';
import { DemoPeople } from './demo-people.js';
import { demoName } from './demo-names.js';

/** The municipalities of the small demonstration: Aarhus, Horsens and Viborg. */
export const DEMO_MEMBERS = ['751', '615', '791'] as const;

/** The secretariat of every demonstration: three people of two municipalities. */
export const DEMO_SECRETARIAT = [
  ['sekretariat@vagtklar.test', 'Karen', 'Bech', '751'],
  ['sekretariat.2@vagtklar.test', 'Niels', 'Dahl', '751'],
  ['sekretariat.3@vagtklar.test', 'Amina', 'Lund', '615'],
] as const;

/** The onboarding days of the small demonstration: in how many months, and with how many seats. */
const DEMO_DAYS = [
  [-2, 24],
  [1, 24],
  [4, 24],
  [7, 3],
  [10, 24],
] as const;

/** An onboarding day in Aarhus. */
export function onboardingDayRow(on: LocalDate, zone: string, capacity = 24): NewRow<OnboardingDay> {
  return {
    onDate: on,
    startsAt: instantAt(on, '09:00', zone),
    endsAt: instantAt(on, '15:30', zone),
    venue: 'DOKK1, Aarhus',
    address: 'Hack Kampmanns Plads 2, 8000 Aarhus C',
    directions: 'Letbanen kører til Dokk1. Fra hovedbanegården går man på ti minutter.',
    instructors: 'Mette Vagner',
    message: 'Der er morgenmad fra kl. 8.30. Tag din egen computer og dit headset med.',
    capacity,
    seatsTaken: 0,
    bookBy: addDays(on, -7),
    calendarSequence: 0,
    cancelledAt: null,
    version: 1,
  };
}

/** What is there before any agent: onboarding days, the course, secretariat and leaders. */
@Injectable()
export class DemoOrganisation {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly people: DemoPeople,
  ) {}

  async addOnboardingDays(tx: Tx, today: LocalDate): Promise<void> {
    for (const [months, capacity] of DEMO_DAYS) {
      // A weekday.
      const on = weekdaysBefore(addDays(today, Math.round(months * 30.4) + 1), 1);
      await tx.insert(OnboardingDay, onboardingDayRow(on, this.env.TZ_NAME, capacity));
    }
  }

  async addCourse(tx: Tx): Promise<void> {
    const at = this.clock.now();
    const { identifiers } = await tx.insert(Course, {
      code: 'intro',
      title: 'Velkommen til Den Digitale Hotline',
      audience: 'agent',
      creditRule: 'PassedOrCompletedUnlessFailed',
      estimatedMinutes: 90,
      requiredBeforeFirstShift: true,
      createdAt: at,
    });
    await tx.insert(CourseVersion, {
      courseId: identifiers[0]!['id'] as number,
      number: 1,
      state: 'published',
      isRetake: false,
      launchUrl: 'https://e-laering.vagtklar.test/intro?lang={language}',
      createdAt: at,
      publishedAt: at,
    });
  }

  /** Gives the leaders by municipality. */
  async addStaff(tx: Tx, passwordHash: string): Promise<Map<string, number>> {
    for (const [email, firstName, lastName, code] of DEMO_SECRETARIAT)
      await this.people.add(tx, { firstName, lastName, email, passwordHash }, ['secretariat'], code);
    const leaders = new Map<string, number>();
    for (const [index, code] of DEMO_MEMBERS.entries()) {
      await tx.insert(Membership, { municipalityCode: code, fromOn: '2024-01-01', toOn: null });
      const person = { ...demoName(100 + index), email: `leder.${code}@vagtklar.test`, passwordHash };
      const id = await this.people.add(tx, person, ['leader'], code);
      await tx.update(Municipality, { code }, { primaryLeaderId: id });
      leaders.set(code, id);
    }
    return leaders;
  }
}
