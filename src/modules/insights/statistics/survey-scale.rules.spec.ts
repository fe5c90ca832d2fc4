import fc from 'fast-check';
import { dimensionScore, onHundred, spreadOnHundred, steppedResponseRate } from './survey-scale.rules.js';

const up = { lowest: 1, highest: 5, higherIsBetter: true };
const down = { lowest: 0, highest: 4, higherIsBetter: false };

describe('onHundred', () => {
  // The five answers of the Copenhagen Psychosocial Questionnaire are worth 100, 75, 50, 25 and 0.
  it.each([
    [1, up, 0],
    [2, up, 25],
    [3.4, up, 60],
    [5, up, 100],
    [0, down, 100],
    [3, down, 25],
    [4, down, 0],
  ])('puts %f on %p at %f', (answer, scale, expected) => {
    expect(onHundred(answer, scale)).toBeCloseTo(expected, 12);
  });

  it.each([
    [0.9, up],
    [5.1, up],
    [NaN, up],
    [1, { lowest: 1, highest: 1, higherIsBetter: true }],
  ])('refuses %f on %p', (answer, scale) => {
    expect(() => onHundred(answer, scale)).toThrow(RangeError);
  });

  it('may be done before or after the mean', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1 }), (answers) => {
        const mean = (numbers: number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
        expect(mean(answers.map((answer) => onHundred(answer, down)))).toBeCloseTo(
          onHundred(mean(answers), down),
          9,
        );
      }),
    );
  });

  it('stretches a spread as it stretches the answers', () => {
    expect(spreadOnHundred(0.8, up)).toBeCloseTo(20, 12);
  });
});

describe('dimensionScore', () => {
  it.each([
    [[100, 50], 75],
    [[100, null], 100],
    [[100, null, null], null],
    [[0, 50, null, null], 25],
    [[null], null],
    [[], null],
  ])('of %p is %p', (answers, expected) => {
    expect(dimensionScore(answers)).toBe(expected);
  });
});

describe('steppedResponseRate', () => {
  it.each([
    [0, 40, 0],
    [1, 40, 0],
    [2, 40, 5],
    [7, 20, 35],
    [13, 20, 65],
    [39, 40, 95],
    [40, 40, 100],
    [0, 0, null],
  ])('of %i of %i is %p', (answered, invited, expected) => {
    expect(steppedResponseRate(answered, invited)).toBe(expected);
  });
});
