import { monthsFrom } from '../month.rules.js';
import { STEERING_GROUP_POLICY } from '../streak.rules.js';
import { periodThrough, streakPosition } from './streak-positions.rules.js';

const POLICY = { ...STEERING_GROUP_POLICY, appliesFrom: '2026-01' };
const figure = (resolved: number) => ({ answered: 100, resolved, warmTransferred: null });
const KNOWN = {
  figures: new Map([
    ['2025-12', figure(10)],
    ['2026-01', figure(40)],
    ['2026-02', figure(45)],
    ['2026-03', figure(60)],
    ['2026-04', figure(30)],
    ['2026-05', figure(30)],
    ['2026-06', figure(30)],
    ['2026-07', figure(30)],
  ]),
  imported: new Set(monthsFrom('2025-12', '2026-07')),
};
const THROUGHOUT = [{ startOn: '2025-01-01', endOn: null }];

describe('streakPosition', () => {
  it('counts the months below in a row, from where the policy applies', () => {
    const positions = monthsFrom('2025-12', '2026-07').map((month) =>
      streakPosition(month, KNOWN, THROUGHOUT, POLICY),
    );
    expect(positions).toEqual([0, 1, 2, 0, 1, 2, 3, 4]);
  });

  it('begins anew in another period, and knows nothing of a month that is split', () => {
    const periods = [
      { startOn: '2025-01-01', endOn: '2026-05-14' },
      { startOn: '2026-05-15', endOn: null },
    ];
    const positions = monthsFrom('2026-04', '2026-07').map((month) =>
      streakPosition(month, KNOWN, periods, POLICY),
    );
    expect(positions).toEqual([1, 0, 1, 2]);
  });
});

describe('periodThrough', () => {
  it.each([
    ['2026-02', [{ startOn: '2026-02-01', endOn: '2026-02-28' }], true],
    ['2026-02', [{ startOn: '2026-02-02', endOn: null }], false],
    ['2028-02', [{ startOn: '2026-02-02', endOn: '2028-02-28' }], false],
    ['2026-02', [], false],
  ])('%s in %j: %s', (month, periods, expected) => {
    expect(periodThrough(month, periods) !== null).toBe(expected);
  });
});
