import fc from 'fast-check';
import { addDays } from '../../common/local-date.js';
import { journeyOf } from './journey.rules.js';
import { followedUpUntil, lateness, retakeDueOn } from './late-learners.rules.js';

const ZONE = 'Europe/Copenhagen';
const day = fc.integer({ min: 0, max: 1500 }).map((days) => addDays('2025-01-01', days));

describe('lateness', () => {
  it.each([
    ['2026-11-20', { state: 'late', days: 1 }],
    ['2026-11-21', { state: 'late', days: 0 }],
    ['2026-11-22', { state: 'soon', days: -1 }],
    ['2026-11-28', { state: 'soon', days: -7 }],
  ] as const)('of what was due on %s', (dueOn, expected) => {
    expect(lateness(dueOn, '2026-11-21')).toEqual(expected);
  });

  it('is late on the days on which the journey says so', () => {
    fc.assert(
      fc.property(day, fc.option(day), day, (startOn, firstShiftOn, today) => {
        const course = { enrolmentId: 1, title: '', requiredBeforeFirstShift: true, completedAt: null };
        const journey = journeyOf(
          {
            kind: 'new',
            startOn,
            firstShiftOn,
            welcome: null,
            courses: [{ ...course, state: 'in_progress' }],
            attendedOn: null,
            seat: null,
            wait: null,
            isUnplaced: false,
          },
          today,
          ZONE,
        );
        const step = journey.steps.find(({ kind }) => kind === 'elearning')!;
        expect(lateness(step.dueOn!, today).state === 'late').toBe(step.state === 'late');
      }),
    );
  });
});

describe('who is followed up', () => {
  it('has the first shift behind, today, or within seven days', () => {
    expect(followedUpUntil('first_shift', '2026-11-21')).toBe('2026-11-28');
  });

  it('was asked more than fourteen days ago to take a new version', () => {
    const isFollowedUp = (publishedOn: string) =>
      retakeDueOn(publishedOn) <= followedUpUntil('retake', '2026-11-21');
    expect(isFollowedUp('2026-11-07')).toBe(false);
    expect(isFollowedUp('2026-11-06')).toBe(true);
  });
});
