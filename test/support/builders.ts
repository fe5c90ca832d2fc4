import type { Role } from '../../src/common/access/principal.js';
import { UnitOfWork, type Tx } from '../../src/database/unit-of-work.js';
import { Course, CourseVersion } from '../../src/modules/courses/index.js';
import { hashPassword, PeopleService } from '../../src/modules/identity/index.js';
import { Membership, Municipality } from '../../src/modules/municipalities/index.js';
import { OnboardingDay } from '../../src/modules/onboarding-days/index.js';
import { addDays, instantAt, localDateOf } from '../../src/common/local-date.js';
import { signIn, PASSWORD, type Api } from './api.js';
import type { TestApp } from './test-app.js';

let passwordHash: Promise<string> | undefined;
let counter = 0;

/** A number that no other call gets. */
export const unique = (): number => (counter += 1);

/** What most suites stand on: two member municipalities with leaders, a secretariat, a course, an onboarding day. */
export interface World {
  secretariat: Api;
  /** Leads Aarhus, 751. */
  leader: Api;
  leaderId: number;
  /** Leads Horsens, 615. */
  foreignLeader: Api;
  foreignLeaderId: number;
  courseId: number;
}

/** Builds it. */
export async function buildWorld(app: TestApp, { withCourse = true } = {}): Promise<World> {
  const unitOfWork = app.get(UnitOfWork);
  const made = await unitOfWork.run(async (tx) => ({
    secretariat: await addPerson(app, tx, 'sekretariat@ddh.test', ['secretariat'], '751'),
    leaderId: await addLeader(app, tx, '751'),
    foreignLeaderId: await addLeader(app, tx, '615'),
    courseId: withCourse ? await addCourse(tx, app.clock.now()) : 0,
  }));
  await unitOfWork.run((tx) => addOnboardingDay(tx, addDays(localDateOf(app.clock.now()), 60)));
  return {
    secretariat: await signIn(app, 'sekretariat@ddh.test'),
    leader: await signIn(app, 'leder.751@ddh.test'),
    foreignLeader: await signIn(app, 'leder.615@ddh.test'),
    leaderId: made.leaderId,
    foreignLeaderId: made.foreignLeaderId,
    courseId: made.courseId,
  };
}

/** A person with a password and roles. */
export async function addPerson(
  app: TestApp,
  tx: Tx,
  email: string,
  roles: Role[],
  municipalityCode: string,
): Promise<number> {
  passwordHash ??= hashPassword(PASSWORD);
  const people = app.get(PeopleService);
  const person = { firstName: 'Test', lastName: `Person ${unique()}`, email, language: 'da' };
  const { id } = await people.findOrCreate(tx, { ...person, passwordHash: await passwordHash });
  for (const role of roles) await people.grantRole(tx, id, role, { municipalityCode });
  return id;
}

/** A published course for new agents, required before the first shift. */
export async function addCourse(tx: Tx, at: Date, changes: Partial<Course> = {}): Promise<number> {
  const { identifiers } = await tx.insert(Course, {
    code: `kursus-${unique()}`,
    title: 'Introduktion',
    audience: 'agent',
    creditRule: 'PassedOrCompletedUnlessFailed',
    estimatedMinutes: 60,
    requiredBeforeFirstShift: true,
    createdAt: at,
    ...changes,
  });
  const courseId = identifiers[0]!['id'] as number;
  await tx.insert(CourseVersion, {
    courseId,
    number: 1,
    state: 'published',
    isRetake: false,
    launchUrl: 'https://elearning.test/intro',
    createdAt: at,
    publishedAt: at,
  });
  return courseId;
}

/** An onboarding day whose booking closes a week before. */
export async function addOnboardingDay(tx: Tx, on: string): Promise<void> {
  await tx.insert(OnboardingDay, {
    onDate: on,
    startsAt: instantAt(on, '09:00'),
    endsAt: instantAt(on, '15:30'),
    venue: 'DOKK1',
    address: 'Aarhus C',
    capacity: 20,
    seatsTaken: 0,
    bookBy: addDays(on, -7),
    calendarSequence: 0,
    version: 1,
  });
}

/** What registers an agent; valid unless changed. */
export function anAgent(changes: Record<string, unknown> = {}): Record<string, unknown> {
  const n = unique();
  return {
    firstName: 'Anna',
    lastName: `Agent ${n}`,
    email: `anna.${n}@aarhus.test`,
    startOn: '2099-01-05',
    ...changes,
  };
}

async function addLeader(app: TestApp, tx: Tx, code: string): Promise<number> {
  const id = await addPerson(app, tx, `leder.${code}@ddh.test`, ['leader'], code);
  await tx.insert(Membership, { municipalityCode: code, fromOn: '2024-01-01', toOn: null });
  await tx.update(Municipality, { code }, { primaryLeaderId: id });
  return id;
}
