import fc from 'fast-check';
import { FEWEST_AGENTS, shownTotals } from './disclosure.rules.js';

const of = (agents: Record<string, number>) =>
  Object.entries(agents).map(([municipalityCode, count]) => ({ municipalityCode, agents: count }));
const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

describe('shownTotals', () => {
  it.each([
    ['all to the secretariat', { '101': 1, '751': 20 }, 0, null, ['101', '751'], true],
    [
      'the own one, however small',
      { '101': 9, '615': 2, '751': 20 },
      0,
      ['615'],
      ['101', '615', '751'],
      true,
    ],
    [
      'no other of fewer than five',
      { '101': 4, '615': 9, '740': 3, '751': 20 },
      0,
      ['751'],
      ['615', '751'],
      true,
    ],
    [
      'nor, where those left out are fewer than five, the next smallest',
      { '101': 4, '615': 9, '740': 6, '751': 20 },
      0,
      ['751'],
      ['615', '751'],
      true,
    ],
    [
      'nor next to two that are fewer than five together',
      { '101': 2, '615': 9, '740': 2, '751': 20 },
      0,
      ['751'],
      ['751'],
      true,
    ],
    ['nothing of two others when one is small', { '101': 4, '615': 9, '751': 20 }, 0, ['751'], ['751'], true],
    [
      'no rest of a single agent who changed municipality in the month',
      { '101': 7, '615': 9, '751': 20 },
      1,
      ['751'],
      ['615', '751'],
      true,
    ],
    [
      'all of them where five changed',
      { '101': 7, '615': 9, '751': 20 },
      5,
      ['751'],
      ['101', '615', '751'],
      true,
    ],
    ['no total that tells of a handful elsewhere', { '615': 3, '751': 20 }, 0, ['751'], ['751'], false],
    ['no total that tells of the one who moved', { '751': 20 }, 1, ['751'], ['751'], false],
    ['the total of those alone who are one’s own', { '751': 20 }, 0, ['751'], ['751'], true],
    ['nothing to a leader of none', { '101': 4, '615': 3 }, 0, [], [], true],
    ['nor the total of a handful', { '101': 2, '615': 1 }, 0, [], [], false],
  ])('shows %s', (_, agents, between, own, expected, isTotalShown) => {
    const shown = shownTotals(of(agents), sum(Object.values(agents)) + between, own);
    expect([[...shown.codes].sort(), shown.isTotalShown]).toEqual([expected, isTotalShown]);
  });

  it('never shows a small one, nor lets fewer than five be reckoned from the total', () => {
    const code = fc.integer({ min: 100, max: 120 }).map(String);
    const municipalities = fc.dictionary(code, fc.nat(12));
    fc.assert(
      fc.property(municipalities, fc.nat(6), fc.array(code, { maxLength: 3 }), (agents, between, own) => {
        const everybody = sum(Object.values(agents)) + between;
        const { codes, isTotalShown } = shownTotals(of(agents), everybody, own);
        for (const one of Object.keys(agents)) {
          if (own.includes(one)) expect(codes.has(one)).toBe(true);
          else if (agents[one]! < FEWEST_AGENTS) expect(codes.has(one)).toBe(false);
        }
        const rest = everybody - sum([...codes].map((one) => agents[one]!));
        if (isTotalShown) expect(rest === 0 || rest >= FEWEST_AGENTS).toBe(true);
        // What is kept back is kept back for a reason.
        else expect([...codes].every((one) => own.includes(one))).toBe(true);
      }),
    );
  });
});
