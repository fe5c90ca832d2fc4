import { minimumFault, shownRate } from './survey.rules.js';

describe('minimumFault', () => {
  it.each([
    [5, 5, 'draft', undefined],
    [8, 5, 'draft', undefined],
    [8, 5, 'open', undefined],
    [4, 5, 'draft', 'too_few'],
    [7, 8, 'open', 'too_few'],
    [8, 5, 'closed', 'fixed'],
    [8, 5, 'published', 'fixed'],
    [8, 8, 'published', undefined],
  ] as const)('%d instead of %d while %s: %s', (wanted, present, state, fault) => {
    expect(minimumFault(wanted, present, state)).toBe(fault);
  });
});

describe('shownRate', () => {
  it.each([
    [0, 40, 0],
    [4, 40, 0],
    [5, 40, 10],
    [9, 40, 10],
    [39, 40, 85],
    [40, 40, 100],
    [3, 6, 0],
    [0, 0, 0],
  ])('%d of %d is shown as %d %%', (answered, invited, shown) => {
    expect(shownRate(answered, invited)).toBe(shown);
  });
});
