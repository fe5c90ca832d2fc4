import fc from 'fast-check';
import { instantOf } from './instant.rules.js';

describe('instantOf', () => {
  it.each([
    ['2026-11-21T12:00:00Z', '2026-11-21T12:00:00.000Z'],
    ['2026-11-21T12:00:00.000Z', '2026-11-21T12:00:00.000Z'],
    ['2026-11-21T13:00:00+01:00', '2026-11-21T12:00:00.000Z'],
    ['2026-11-21T13:00:00+0100', '2026-11-21T12:00:00.000Z'],
    ['2026-11-21T13:00:00+01', '2026-11-21T12:00:00.000Z'],
    ['2026-11-21T12:00:00', '2026-11-21T12:00:00.000Z'],
    ['2026-11-21T12:00Z', '2026-11-21T12:00:00.000Z'],
    ['2026-11-21T12:00:00,5Z', '2026-11-21T12:00:00.500Z'],
  ])('%s', (text, instant) => {
    expect(instantOf(text)?.toISOString()).toBe(instant);
  });

  it.each([
    '2026-02-30T12:00:00Z',
    '2026-11-21T25:00:00Z',
    '2026-11-21T12:00:00+99:00',
    '1999-12-31T12:00:00Z',
    '2100-01-01T00:00:00Z',
    '9999-12-31T23:59:59-10:00',
    '2026-11-21',
    'yesterday',
    '',
    null,
    undefined,
    1_700_000_000,
  ])('is none in %j', (text) => {
    expect(instantOf(text)).toBeNull();
  });

  it('gives back every instant of this century', () => {
    const when = fc.date({
      min: new Date('2000-01-02T00:00:00Z'),
      max: new Date('2099-12-31T23:59:59Z'),
      noInvalidDate: true,
    });
    fc.assert(fc.property(when, (instant) => expect(instantOf(instant.toISOString())).toEqual(instant)));
  });
});
