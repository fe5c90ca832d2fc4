import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { addDays, instantAt, localDateOf, type LocalDate } from '../common/local-date.js';
import { ENV, type Env } from '../config/env.js';
import { Database } from '../database/database.js';
import { UnitOfWork, type Tx } from '../database/unit-of-work.js';
import { EmploymentService } from '../modules/agents/index.js';
import { Course, CourseVersion, EnrolmentService } from '../modules/courses/index.js';
import { hashPassword, Person } from '../modules/identity/index.js';
import { Membership, Municipality } from '../modules/municipalities/index.js';
import { OnboardingDay } from '../modules/onboarding-days/index.js';
import { RegistrationService } from '../modules/onboarding/index.js';
import { DemoPeople } from './demo-people.js';
import { demoName } from './demo-names.js';

const PASSWORD = 'vagtklar-demo';
const MEMBERS = ['751', '615', '791'] as const;
const AGENTS = 29;

/** A believable small DDH: three municipalities, three in the secretariat, three leaders, thirty agents. */
@Injectable()
export class DemoService {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly people: DemoPeople,
    private readonly employments: EmploymentService,
    private readonly enrolments: EnrolmentService,
    private readonly registration: RegistrationService,
  ) {}

  /** Fills an empty database; one that holds anybody is left alone. */
  async fillIfEmpty(): Promise<void> {
    if (await this.database.selectOne('SELECT id FROM person LIMIT 1')) return;
    const today = localDateOf(this.clock.now(), this.env.TZ_NAME);
    const passwordHash = await hashPassword(PASSWORD);
    const leaders = await this.unitOfWork.run(async (tx) => {
      await this.addDaysAndCourses(tx, today);
      const byMunicipality = await this.addStaff(tx, passwordHash);
      for (let n = 0; n < AGENTS; n += 1) await this.addAgent(tx, n, byMunicipality, today);
      return byMunicipality;
    });
    await this.registerOnTheWay(leaders.get('751')!, today, passwordHash);
  }

  private async addDaysAndCourses(tx: Tx, today: LocalDate): Promise<void> {
    for (const months of [-2, 1, 4, 7, 10]) {
      const on = addDays(today, Math.round(months * 30.4));
      await tx.insert(OnboardingDay, {
        onDate: on,
        startsAt: instantAt(on, '09:00', this.env.TZ_NAME),
        endsAt: instantAt(on, '15:30', this.env.TZ_NAME),
        venue: 'DOKK1, Aarhus',
        address: 'Hack Kampmanns Plads 2, 8000 Aarhus C',
        capacity: 24,
        bookBy: addDays(on, -7),
      });
    }
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
      launchUrl: 'https://e-laering.vagtklar.test/intro?lang={language}',
      createdAt: at,
      publishedAt: at,
    });
  }

  private async addStaff(tx: Tx, passwordHash: string): Promise<Map<string, number>> {
    const secretariat = [
      ['sekretariat@vagtklar.test', 'Karen', 'Bech', '751'],
      ['sekretariat.2@vagtklar.test', 'Niels', 'Dahl', '751'],
      ['sekretariat.3@vagtklar.test', 'Amina', 'Lund', '615'],
    ] as const;
    for (const [email, firstName, lastName, code] of secretariat)
      await this.people.add(tx, { firstName, lastName, email, passwordHash }, ['secretariat'], code);
    const leaders = new Map<string, number>();
    for (const [index, code] of MEMBERS.entries()) {
      await tx.insert(Membership, { municipalityCode: code, fromOn: '2024-01-01', toOn: null });
      const name = demoName(100 + index);
      const email = `leder.${code}@vagtklar.test`;
      const id = await this.people.add(tx, { ...name, email, passwordHash }, ['leader'], code);
      await tx.update(Municipality, { code }, { primaryLeaderId: id });
      leaders.set(code, id);
    }
    return leaders;
  }

  /** Two of three were there before Vagtklar; of the new ones some are through, some have begun, some have not. */
  private async addAgent(tx: Tx, n: number, leaders: Map<string, number>, today: LocalDate): Promise<void> {
    const municipalityCode = MEMBERS[n % MEMBERS.length]!;
    const isExisting = n % 3 !== 0;
    const name = demoName(n);
    const person = { ...name, email: `agent.${n + 1}@vagtklar.test`, passwordHash: null };
    const personId = await this.people.add(tx, person, ['agent'], municipalityCode);
    const startOn = addDays(today, isExisting ? -400 - n * 9 : (n % 7) * 5 - 10);
    await this.employments.begin(tx, {
      personId,
      municipalityCode,
      leaderId: leaders.get(municipalityCode) ?? null,
      kind: isExisting ? 'existing' : 'new',
      startOn,
      firstShiftOn: isExisting ? null : addDays(startOn, 14),
      phoneSystemId: `P${1000 + n}`,
      onboardingAttendedOn: isExisting ? addDays(startOn, 20) : null,
    });
    await this.enrolments.enrolInCurrent(tx, personId, 'agent');
    if (isExisting || n % 2 === 0) await this.learn(tx, personId, addDays(today, -3 - n), n % 4 !== 2 || isExisting);
  }

  private async learn(tx: Tx, personId: number, on: LocalDate, finishes: boolean): Promise<void> {
    const [enrolment] = await tx.query<{ id: number }[]>('SELECT id FROM enrolment WHERE personId = ?', [personId]);
    if (!enrolment) return;
    await this.enrolments.record(tx, enrolment.id, {
      occurredAt: instantAt(on, '13:30', this.env.TZ_NAME),
      completion: finishes ? 'completed' : 'incomplete',
      success: finishes ? 'passed' : null,
      scoreScaled: finishes ? 0.9 : null,
      seconds: null,
      source: 'demo',
      inboxMessageId: null,
    });
  }

  /** The agent to sign in as is registered the ordinary way, so that the welcome mail lies in the outbox. */
  private async registerOnTheWay(leaderId: number, today: LocalDate, passwordHash: string): Promise<void> {
    const leader = {
      personId: leaderId,
      sessionId: 0,
      name: '',
      language: 'da',
      roles: ['leader' as const],
      strength: 'full' as const,
      via: 'cookie' as const,
      agentId: null,
      municipalityCodes: ['751'],
    };
    const startOn = addDays(today, 7);
    const agent = await this.registration.register(
      {
        firstName: 'Anna',
        lastName: 'Ny',
        email: 'agent@vagtklar.test',
        phone: '+4512345678',
        startOn,
        firstShiftOn: addDays(startOn, 7),
        kind: 'new',
        language: 'da',
      },
      leader,
      { key: undefined, caller: 'demo', route: 'demo', body: null },
    );
    await this.unitOfWork.run((tx) => tx.update(Person, { id: agent.personId }, { passwordHash, isDemo: true }));
  }
}
