import fc from 'fast-check';
import { verdictOf } from './estimate.rules.js';

describe('verdictOf', () => {
  it.each([
    [0.1, 4, true, 'better'],
    [0.1, 4, false, 'worse'],
    [-4, -0.1, true, 'worse'],
    [-4, -0.1, false, 'better'],
    [-1, 4, true, 'uncertain'],
    [0, 4, true, 'uncertain'],
    [-4, 0, true, 'uncertain'],
    [0, 0, true, 'uncertain'],
  ])('from %f to %f, higher is better %s: %s', (low, high, higherIsBetter, expected) => {
    expect(verdictOf({ low, high }, higherIsBetter)).toBe(expected);
  });

  it('is uncertain when nothing could be reckoned', () => {
    expect(verdictOf(null)).toBe('uncertain');
  });

  it('says the opposite when the sides are changed', () => {
    const ends = fc.tuple(fc.double({ noNaN: true }), fc.double({ noNaN: true }));
    const opposite = { better: 'worse', worse: 'better', uncertain: 'uncertain' };
    fc.assert(
      fc.property(ends, ([one, other]) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        expect(verdictOf({ low: -high, high: -low })).toBe(opposite[verdictOf({ low, high })]);
      }),
    );
  });
});
