import fc from 'fast-check';
import type { Principal } from '../../src/common/access/principal.js';
import type { Scope } from '../../src/common/access/scope.js';
import { addDays, endOfLocalDate } from '../../src/common/local-date.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import {
  CompletionReport,
  type CompletionFilter,
} from '../../src/modules/reports/completion-report.queries.js';
import { ONBOARDING_STEPS, type OnboardingStep } from '../../src/modules/reports/onboarding-step.js';
import { CourseVersion } from '../../src/modules/courses/index.js';
import { Membership, Municipality } from '../../src/modules/municipalities/index.js';
import { signIn } from '../support/api.js';
import { addCourse, addPerson } from '../support/builders.js';
import { StillClock } from '../support/dump.js';
import { CODES, ReportHistory, STEPS, type Step } from '../support/report-history.js';
import type { ModelRow } from '../support/report-model.js';
import { TestApp } from '../support/test-app.js';
import { Host } from '../support/webhook.js';

/** A few here; `REPORT_HISTORIES=500` for as many as one has time for. */
const HISTORIES = Number(process.env['REPORT_HISTORIES'] ?? 15);
/** The same histories each time, so that a change is to blame for a failure; `REPORT_SEED` gives others. */
const SEED = Number(process.env['REPORT_SEED'] ?? 751);
const QUESTIONS = 40;
const MOST_STEPS = 32;
const OPENING = 4;
/** Days of which each is asked for: a seat may be given and taken back within a few. */
const LOOKED_AT = 30;
const BEGINNING = '2027-01-11T08:00:00.000Z';

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(...STEPS),
  wait: fc.constantFrom(0, 0, 0, 1, 2, 5, 11),
  who: fc.nat(1000),
  which: fc.nat(1000),
  offset: fc.integer({ min: -45, max: 30 }),
});

/** Every history begins with some agents, so that there is somebody to whom things happen. */
const histories = fc
  .tuple(
    fc.array(step, { minLength: OPENING, maxLength: OPENING }),
    fc.array(step, { minLength: MOST_STEPS - OPENING - 5, maxLength: MOST_STEPS - OPENING }),
  )
  .map(([opening, rest]) => [
    ...opening.map((one) => ({ ...one, kind: 'register' as const, offset: Math.min(3, one.offset) })),
    ...rest,
  ]);

/** What a report is asked for; numbers choose among what there is. */
interface Question {
  day: number;
  scope: number;
  municipality: number | null;
  leader: number | null;
  course: string | null;
  state: ModelRow['state'] | null;
  onboarding: OnboardingStep | null;
  from: number | null;
  to: number | null;
}

const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null, freq: 2 });
const seldom = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 7, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });
const question: fc.Arbitrary<Question> = fc.record({
  day: fc.integer({ min: -90, max: 40 }),
  scope: fc.nat(CODES.length),
  municipality: seldom(fc.nat(CODES.length - 1)),
  leader: seldom(fc.nat(CODES.length - 1)),
  course: seldom(fc.constantFrom('kursus-a', 'kursus-b', 'kursus-c')),
  state: seldom(fc.constantFrom('not_started', 'in_progress', 'completed', 'waived')),
  onboarding: seldom(fc.constantFrom(...ONBOARDING_STEPS)),
  from: orNull(fc.integer({ min: -90, max: 5 })),
  to: orNull(fc.integer({ min: -60, max: 20 })),
});

/** A DDH of three municipalities with one course, and two more to be published. */
async function begin(): Promise<{ app: TestApp; history: ReportHistory }> {
  const app = await TestApp.start({}, undefined, new StillClock(BEGINNING));
  const made = await app.get(UnitOfWork).run(async (tx) => {
    const secretariatId = await addPerson(app, tx, 'sekretariat@test.test', ['secretariat'], '751');
    const at = app.clock.now();
    await addCourse(tx, at, { code: 'kursus-a' });
    const drafts: { versionId: number; courseId: number }[] = [];
    for (const code of ['kursus-b', 'kursus-c']) {
      const courseId = await addCourse(tx, at, { code, requiredBeforeFirstShift: false });
      await tx.update(CourseVersion, { courseId }, { state: 'approved', publishedAt: null });
      drafts.push({ courseId, versionId: (await tx.findOneByOrFail(CourseVersion, { courseId })).id });
    }
    return { secretariatId, drafts };
  });
  const secretariat = { personId: made.secretariatId, roles: ['secretariat'], strength: 'full' };
  const principal = { ...secretariat, municipalityCodes: ['751'], agentId: null } as unknown as Principal;
  const history = new ReportHistory(app, principal, made.drafts, ['kursus-a']);
  for (const code of CODES) await addLeader(app, history, code);
  await Host.connect(app, await signIn(app, 'sekretariat@test.test'));
  for (const offset of [9, 33]) await history.planDay({ kind: 'planDay', wait: 0, who: 0, which: 1, offset });
  return { app, history };
}

async function addLeader(app: TestApp, history: ReportHistory, code: string): Promise<void> {
  await app.get(UnitOfWork).run(async (tx) => {
    const id = await addPerson(app, tx, `leder.${code}@test.test`, ['leader'], code);
    const { identifiers } = await tx.insert(Membership, {
      municipalityCode: code,
      fromOn: '2024-01-01',
      toOn: null,
    });
    await tx.update(Municipality, { code }, { primaryLeaderId: id });
    history.leaders.set(code, id);
    const membership = { id: identifiers[0]!['id'] as number, from: '2024-01-01', to: null };
    history.model.memberships.set(code, [membership]);
  });
}

/** The question as the product takes it, and the rows of the model that answer it. */
function answer(history: ReportHistory, asked: Question) {
  const asOf = addDays(history.today, asked.day);
  const code = asked.scope === 0 ? undefined : CODES[asked.scope - 1]!;
  const own = code && history.leaders.get(code)!;
  const filter: CompletionFilter = {
    asOf,
    municipality: asked.municipality === null ? undefined : CODES[asked.municipality]!,
    leaderId: asked.leader === null ? undefined : history.leaders.get(CODES[asked.leader]!)!,
    course: asked.course ?? undefined,
    state: asked.state ?? undefined,
    onboarding: asked.onboarding ?? undefined,
    from: asked.from === null ? undefined : addDays(history.today, asked.from),
    to: asked.to === null ? undefined : addDays(history.today, asked.to),
  };
  const scope: Scope = code ? { kind: 'municipalities', codes: [code], personId: own! } : { kind: 'all' };
  const after = filter.from && endOfLocalDate(addDays(filter.from, -1)).toISOString();
  const before = filter.to && endOfLocalDate(filter.to).toISOString();
  const rows = history.model
    .rows(asOf, endOfLocalDate(asOf))
    .filter((row) => code === undefined || row.code === code || row.personId === own)
    .filter((row) => filter.municipality === undefined || row.code === filter.municipality)
    .filter((row) => filter.leaderId === undefined || row.leaderId === filter.leaderId)
    .filter((row) => filter.course === undefined || row.course === filter.course)
    .filter((row) => filter.state === undefined || row.state === filter.state)
    .filter((row) => filter.onboarding === undefined || stepOf(row) === filter.onboarding)
    .filter((row) => !after || (row.completedAt !== null && row.completedAt >= after))
    .filter((row) => !before || (row.completedAt !== null && row.completedAt < before));
  return { filter, scope, rows };
}

async function compare(app: TestApp, history: ReportHistory, asked: Question): Promise<void> {
  const report = app.get(CompletionReport);
  const { filter, scope, rows } = answer(history, asked);
  const found: unknown[] = [];
  for await (const row of report.rows(scope, filter))
    found.push({
      enrolmentId: row.enrolmentId,
      agentId: row.agentId,
      code: row.municipalityCode,
      leader: row.leader,
      course: row.courseCode,
      state: row.state,
      completedAt: row.completedAt?.toISOString() ?? null,
      attendedOn: row.onboardingAttendedOn,
      seatOn: row.onboardingSeatOn,
    });
  const names = await leaderNames(app);
  const expected = rows.map(({ personId: _, leaderId, ...row }) => ({
    ...row,
    leader: leaderId === null ? null : names.get(leaderId),
  }));
  const byId = (a: unknown, b: unknown) => (a as ModelRow).enrolmentId - (b as ModelRow).enrolmentId;
  expect({ filter, rows: found.sort(byId) }).toEqual({ filter, rows: expected });
  const count = (state: string) => rows.filter((row) => row.state === state).length;
  const standing = (step: OnboardingStep) => rows.filter((row) => stepOf(row) === step).length;
  expect(await report.totals(scope, filter)).toEqual({
    total: rows.length,
    completed: count('completed'),
    waived: count('waived'),
    inProgress: count('in_progress'),
    notStarted: count('not_started'),
    onboarding: { missing: standing('missing'), seat: standing('seat'), attended: standing('attended') },
  });
}

function stepOf({ attendedOn, seatOn }: ModelRow): OnboardingStep {
  if (attendedOn !== null) return 'attended';
  return seatOn === null ? 'missing' : 'seat';
}

async function leaderNames(app: TestApp): Promise<Map<number, string>> {
  const rows = await app.rows<{ id: number; name: string }>(
    "SELECT id, CONCAT(firstName, ' ', lastName) AS name FROM person",
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** The file holds what the pages of the API hold, in the same order. */
async function compareFile(app: TestApp): Promise<void> {
  const secretariat = await signIn(app, 'sekretariat@test.test');
  const items: Record<string, string | number | null>[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const { body } = await secretariat.get(
      `/reports/completions?limit=3${cursor ? `&cursor=${cursor}` : ''}`,
    );
    items.push(...body['items']);
    cursor = body['nextCursor'] as string | null;
  }
  const { text } = await secretariat.get('/reports/completions?format=csv');
  const [headings, ...lines] = text.trim().split('\n');
  const columns = headings!.split(',');
  const cells = (row: Record<string, string | number | null>) =>
    columns.map((name) => String(row[name] ?? ''));
  expect(lines.map((line) => line.split(','))).toEqual(items.map(cells));
}

describe('the completion report', () => {
  it(
    'is what a plain account of the same history says, for any day, reader and filter',
    async () => {
      const questions = fc.array(question, { minLength: QUESTIONS, maxLength: QUESTIONS });
      await fc.assert(
        fc.asyncProperty(histories, questions, async (steps, questions) => {
          const { app, history } = await begin();
          try {
            for (const taken of steps) await history.take(taken);
            const unfiltered = {
              municipality: null,
              leader: null,
              course: null,
              state: null,
              onboarding: null,
              from: null,
              to: null,
            };
            for (const day of [-60, -10, -1, 0, 1, 25])
              for (let scope = 0; scope <= CODES.length; scope += 1)
                await compare(app, history, { day, scope, ...unfiltered });
            for (let day = -LOOKED_AT; day < 0; day += 1)
              await compare(app, history, { day, scope: 0, ...unfiltered });
            for (const asked of questions) await compare(app, history, asked);
            await compareFile(app);
          } finally {
            await app.stop();
          }
        }),
        // Making a failing history smaller takes many minutes; its steps can be read as they are.
        { numRuns: HISTORIES, seed: SEED, endOnFailure: true },
      );
    },
    60_000 + HISTORIES * 20_000,
  );
});
