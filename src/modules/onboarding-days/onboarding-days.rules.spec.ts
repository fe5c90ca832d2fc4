import { nextOnboardingDay, type PlannedDay } from './onboarding-days.rules.js';

const day = (on: string, changes: Partial<PlannedDay> = {}): PlannedDay => ({
  on,
  bookBy: on,
  isCancelled: false,
  ...changes,
});
const days = [day('2027-03-10'), day('2026-12-09'), day('2027-06-09')];

describe('nextOnboardingDay', () => {
  it.each([
    ['the first one after the start', days, '2026-12-01', '2026-11-21', '2026-12-09'],
    ['on the very day of the start', days, '2026-12-09', '2026-11-21', '2026-12-09'],
    ['not one before the start', days, '2026-12-10', '2026-11-21', '2027-03-10'],
    [
      'still on the last day of booking',
      [day('2026-12-09', { bookBy: '2026-12-01' })],
      '2026-11-01',
      '2026-12-01',
      '2026-12-09',
    ],
    [
      'not when booking is over',
      [day('2026-12-09', { bookBy: '2026-12-01' })],
      '2026-11-01',
      '2026-12-02',
      undefined,
    ],
    [
      'not a cancelled one',
      [day('2026-12-09', { isCancelled: true })],
      '2026-11-01',
      '2026-11-21',
      undefined,
    ],
    ['none when none is planned', [], '2026-11-01', '2026-11-21', undefined],
  ])('%s', (_, planned, startOn, today, expected) => {
    expect(nextOnboardingDay(planned, startOn, today)?.on).toBe(expected);
  });
});
