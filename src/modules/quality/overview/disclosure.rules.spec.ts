import fc from 'fast-check';
import { FEWEST_AGENTS, shownMunicipalities } from './disclosure.rules.js';

const of = (agents: Record<string, number>) =>
  Object.entries(agents).map(([municipalityCode, count]) => ({ municipalityCode, agents: count }));

describe('shownMunicipalities', () => {
  it.each([
    ['all to the secretariat', { '101': 1, '751': 20 }, null, ['101', '751']],
    ['the own one, however small', { '101': 9, '615': 2, '751': 20 }, ['615'], ['101', '615', '751']],
    ['no other of fewer than five', { '101': 4, '615': 9, '740': 3, '751': 20 }, ['751'], ['615', '751']],
    [
      'nor, where one alone would be left out, the next smallest',
      { '101': 4, '615': 9, '740': 6, '751': 20 },
      ['751'],
      ['615', '751'],
    ],
    ['nothing of two others when one is small', { '101': 4, '615': 9, '751': 20 }, ['751'], ['751']],
    ['nothing to a leader of none', { '101': 4, '615': 3 }, [], []],
  ])('shows %s', (_, agents, own, expected) => {
    expect([...shownMunicipalities(of(agents), own)].sort()).toEqual(expected);
  });

  it('never leaves exactly one of the others out, and never shows a small one', () => {
    const code = fc.integer({ min: 100, max: 120 }).map(String);
    fc.assert(
      fc.property(fc.dictionary(code, fc.nat(12)), fc.array(code, { maxLength: 3 }), (agents, own) => {
        const shown = shownMunicipalities(of(agents), own);
        const others = Object.keys(agents).filter((one) => !own.includes(one));
        const hidden = others.filter((one) => !shown.has(one));
        if (others.length > 1) expect(hidden).not.toHaveLength(1);
        for (const one of others) if (agents[one]! < FEWEST_AGENTS) expect(shown.has(one)).toBe(false);
        for (const one of own) expect(shown.has(one)).toBe(one in agents);
      }),
    );
  });
});
