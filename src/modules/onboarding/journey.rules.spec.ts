import { coursesAsOf, journeyOf, type JourneyFacts } from './journey.rules.js';

const ZONE = 'Europe/Copenhagen';
const TODAY = '2026-11-21';
const course = (changes: Partial<JourneyFacts['courses'][number]> = {}) => ({
  enrolmentId: 5,
  title: 'Introduktion',
  requiredBeforeFirstShift: true,
  state: 'not_started' as const,
  completedAt: null,
  ...changes,
});
const facts = (changes: Partial<JourneyFacts> = {}): JourneyFacts => ({
  kind: 'new',
  startOn: '2026-12-01',
  firstShiftOn: null,
  welcome: null,
  courses: [course()],
  attendedOn: null,
  seat: { on: '2026-12-09', venue: 'DOKK1' },
  wait: null,
  isUnplaced: false,
  ...changes,
});
const completed = course({ state: 'completed', completedAt: new Date('2026-11-20T10:00:00Z') });

describe('journeyOf: ready for the first shift', () => {
  it.each([
    ['e-learning missing', facts(), false, ['elearning_missing']],
    [
      'e-learning begun',
      facts({ courses: [course({ state: 'in_progress' })] }),
      false,
      ['elearning_missing'],
    ],
    ['e-learning done', facts({ courses: [completed] }), true, []],
    ['e-learning waived', facts({ courses: [course({ state: 'waived' })] }), true, []],
    ['one of two required missing', facts({ courses: [completed, course()] }), false, ['elearning_missing']],
    [
      'a voluntary course missing',
      facts({ courses: [completed, course({ requiredBeforeFirstShift: false })] }),
      true,
      [],
    ],
    ['no e-learning assigned', facts({ courses: [] }), false, ['elearning_not_assigned']],
    [
      'only a voluntary one assigned',
      facts({ courses: [course({ requiredBeforeFirstShift: false })] }),
      false,
      ['elearning_not_assigned'],
    ],
    ['an existing agent is not gated', facts({ kind: 'existing', courses: [] }), true, []],
    ['no onboarding day planned does not block', facts({ courses: [completed], seat: null }), true, []],
  ])('%s', (_, given, ready, codes) => {
    const journey = journeyOf(given, TODAY, ZONE);
    expect(journey.readyForFirstShift).toBe(ready);
    expect(journey.reasons.map((reason) => reason.code)).toEqual(codes);
  });
});

describe('journeyOf: steps', () => {
  const step = (given: JourneyFacts, kind: string) =>
    journeyOf(given, TODAY, ZONE).steps.find((s) => s.kind === kind);

  it.each([
    [
      'is due at the first shift',
      facts({ firstShiftOn: '2026-12-05' }),
      { state: 'waiting', dueOn: '2026-12-05' },
    ],
    ['is due at the start otherwise', facts(), { state: 'waiting', dueOn: '2026-12-01' }],
    ['is late after that day', facts({ startOn: '2026-11-20' }), { state: 'late' }],
    ['is late on that day, since it must be done before', facts({ startOn: TODAY }), { state: 'late' }],
    ['is not late the day before', facts({ startOn: '2026-11-22' }), { state: 'waiting' }],
    [
      'is never late for existing agents',
      facts({ kind: 'existing', startOn: '2020-01-01' }),
      { state: 'waiting' },
    ],
    ['done', facts({ courses: [completed] }), { state: 'done', doneAt: '2026-11-20T10:00:00.000Z' }],
  ])('e-learning %s', (_, given, expected) => {
    expect(step(given, 'elearning')).toMatchObject(expected);
  });

  it.each([
    ['the next day', facts(), { state: 'waiting', dueOn: '2026-12-09', detail: 'DOKK1' }],
    ['none planned', facts({ seat: null }), { state: 'waiting', dueOn: null }],
    ['attended', facts({ attendedOn: '2025-03-05' }), { state: 'done', dueOn: '2025-03-05' }],
  ])('onboarding day: %s', (_, given, expected) => {
    expect(step(given, 'onboarding_day')).toMatchObject(expected);
  });

  it.each([
    ['a seat alone', facts(), { waitOn: null, isUnplaced: false }],
    [
      'a seat and a place in line',
      facts({ wait: { on: '2026-12-01' } }),
      { waitOn: '2026-12-01', isUnplaced: false },
    ],
    ['no day', facts({ seat: null, isUnplaced: true }), { waitOn: null, isUnplaced: true }],
    [
      'attended in the meantime',
      facts({ attendedOn: '2026-11-01', wait: { on: '2026-12-01' }, isUnplaced: true }),
      { waitOn: null, isUnplaced: false },
    ],
  ])('what the agent waits for: %s', (_, given, expected) => {
    expect(journeyOf(given, TODAY, ZONE).dayWait).toEqual(expected);
  });

  it.each([
    ['sent', 'done'],
    ['queued', 'waiting'],
    ['retrying', 'waiting'],
    ['failed', 'failed'],
  ])('a welcome mail that is %s is %s', (state, expected) => {
    const given = facts({ welcome: { state, dueAt: '2026-11-20T23:30:00.000Z', sentAt: null } });
    expect(step(given, 'welcome_mail')).toMatchObject({ state: expected, dueOn: '2026-11-21' });
  });
});

describe('coursesAsOf', () => {
  it('does not see what was completed after the end', () => {
    const before = { state: 'completed', completedAt: new Date('2026-05-01T10:00:00Z') };
    const after = { state: 'completed', completedAt: new Date('2026-07-01T10:00:00Z') };
    const waived = { state: 'waived', completedAt: null };
    expect(coursesAsOf([before, after, waived], new Date('2026-06-01T00:00:00Z'))).toEqual([
      before,
      { state: 'not_started', completedAt: null },
      waived,
    ]);
  });
});
