import { givenUpBefore, isNews, nextAttempt } from './messages.rules.js';

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 22) + minutes * 60_000);

describe('isNews', () => {
  it.each([
    [undefined, true, true],
    [undefined, false, true],
    [true, true, false],
    [false, true, true],
    [true, false, true],
  ])('told %s, now %s: %s', (told, isReady, expected) => {
    expect(isNews(told === undefined ? undefined : { isReady: told }, { isReady })).toBe(expected);
  });
});

describe('nextAttempt', () => {
  it.each([
    [1, 1],
    [2, 5],
    [3, 30],
    [4, 120],
    [5, 480],
    [6, 1440],
    [9, 1440],
  ])('after attempt %i it waits %i minutes', (attempts, minutes) => {
    expect(nextAttempt(attempts, at(10), 0)).toEqual(at(10 + minutes));
  });

  it('spreads the attempts by up to a tenth', () => {
    expect(nextAttempt(1, at(0), 1)).toEqual(at(1.1));
  });

  it('gives up after three days', () => {
    expect(givenUpBefore(at(3 * 1440))).toEqual(at(0));
  });
});
