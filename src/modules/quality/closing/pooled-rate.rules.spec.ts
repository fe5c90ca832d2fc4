import { bothRates, pooled } from './pooled-rate.rules.js';

const figure = (answered: number, resolved: number, warmTransferred: number | null = null) => ({
  answered,
  resolved,
  warmTransferred,
});

describe('pooled', () => {
  it('adds counts, never percentages', () => {
    expect(pooled([figure(10, 9), figure(90, 9)], false)).toMatchObject({
      answered: 100,
      resolved: 18,
      rate: 0.18,
    });
  });

  it('adds warm transfers month by month, never beyond what was answered', () => {
    expect(pooled([figure(10, 8, 5), figure(10, 2, 1)], true)).toMatchObject({ resolved: 13 });
  });

  it('is nothing without calls', () => {
    expect(pooled([], false)).toBeNull();
  });
});

describe('bothRates', () => {
  it('shows both ways of counting, or one where nobody tells of warm transfers', () => {
    expect(bothRates([figure(10, 4, 2), figure(10, 4)])).toMatchObject({
      withoutWarm: { resolved: 8 },
      withWarm: { resolved: 10 },
    });
    expect(bothRates([figure(10, 4)])).toMatchObject({ withoutWarm: { resolved: 4 }, withWarm: null });
  });
});
