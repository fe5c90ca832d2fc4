import { DEFAULT_ZONE } from '../../../common/local-date.js';
import { noticeTimes, weekdaysAfter } from './notice-times.rules.js';

describe('noticeTimes', () => {
  it.each([
    // Closed at, hours to undo, days for the agent: final at, the leader at the earliest on.
    ['a Tuesday morning', '2026-11-24T09:00:00Z', 24, 2, '2026-11-25T09:00:00Z', '2026-11-27'],
    [
      'a Thursday: the weekend does not count',
      '2026-11-26T09:00:00Z',
      24,
      2,
      '2026-11-27T09:00:00Z',
      '2026-12-01',
    ],
    ['a Friday: on Monday at 8', '2026-11-27T13:00:00Z', 24, 2, '2026-11-30T07:00:00Z', '2026-12-02'],
    ['an evening: the morning after', '2026-11-24T20:00:00Z', 0, 2, '2026-11-25T07:00:00Z', '2026-11-27'],
    ['without time to undo', '2026-11-24T09:00:00Z', 0, 2, '2026-11-24T09:00:00Z', '2026-11-26'],
    ['the leader at the same time', '2026-11-24T09:00:00Z', 24, 0, '2026-11-25T09:00:00Z', '2026-11-25'],
    ['a week to undo', '2026-11-24T09:00:00Z', 168, 1, '2026-12-01T09:00:00Z', '2026-12-02'],
    ['over the change of the clock', '2026-10-24T09:00:00Z', 24, 2, '2026-10-26T07:00:00Z', '2026-10-28'],
  ])('closed on %s', (_, closedAt, undoHours, agentFirstDays, finalAt, leaderToldOn) => {
    const times = noticeTimes(new Date(closedAt), { undoHours, agentFirstDays }, DEFAULT_ZONE);
    expect(times.finalAt.toISOString()).toBe(new Date(finalAt).toISOString());
    expect(times.leaderToldOn).toBe(leaderToldOn);
  });
});

describe('weekdaysAfter', () => {
  it.each([
    ['2026-11-27', 1, '2026-11-30'],
    ['2026-11-28', 1, '2026-11-30'],
    ['2026-11-25', 0, '2026-11-25'],
    ['2026-11-25', 5, '2026-12-02'],
  ])('%s and %i more: %s', (from, count, expected) => {
    expect(weekdaysAfter(from, count)).toBe(expected);
  });
});
