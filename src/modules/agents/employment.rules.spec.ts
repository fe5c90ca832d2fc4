import { covers, dayFault, departureTakesEffect, effectiveFrom } from './employment.rules.js';

describe('effectiveFrom', () => {
  it.each([
    ['the registration of somebody who starts later', '2026-12-01', '2026-11-21', null, '2026-11-21'],
    ['the start of somebody who was there before', '2024-02-01', '2026-11-21', null, '2024-02-01'],
    ['not before the last period was over', '2026-11-01', '2026-11-21', '2026-11-10', '2026-11-11'],
    [
      'the registration when the last period is long over',
      '2026-12-01',
      '2026-11-21',
      '2025-01-31',
      '2026-11-21',
    ],
  ])('%s', (_, startOn, today, previous, expected) => {
    expect(effectiveFrom(startOn, today, previous)).toBe(expected);
  });
});

describe('covers', () => {
  it('counts both ends', () => {
    const span = { effectiveFromOn: '2026-01-01', endOn: '2026-01-31' };
    expect(['2025-12-31', '2026-01-01', '2026-01-31', '2026-02-01'].map((on) => covers(span, on))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(covers({ ...span, endOn: null }, '2099-01-01')).toBe(true);
  });
});

describe('days', () => {
  it('a departure takes effect at once unless its day is still to come', () => {
    expect(departureTakesEffect('2026-11-20', '2026-11-21')).toBe('now');
    expect(departureTakesEffect('2026-11-21', '2026-11-21')).toBe('now');
    expect(departureTakesEffect('2026-11-22', '2026-11-21')).toBe('later');
  });
  it('nobody leaves before the beginning, or moves on the first day', () => {
    const span = { effectiveFromOn: '2026-05-01', endOn: null };
    expect(dayFault(span, '2026-04-30', 'departure')).toBe('before_start');
    expect(dayFault(span, '2026-05-01', 'departure')).toBeUndefined();
    expect(dayFault(span, '2026-05-01', 'transfer')).toBe('before_start');
    expect(dayFault(span, '2026-05-02', 'transfer')).toBeUndefined();
  });
});
