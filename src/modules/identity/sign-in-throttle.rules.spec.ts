import { mayAttempt } from './sign-in-throttle.rules.js';

describe('mayAttempt', () => {
  it.each([
    ['a first attempt', { pair: 1, address: 1, account: 1, isKnownPair: false }, true],
    ['the tenth on one account', { pair: 10, address: 10, account: 10, isKnownPair: false }, true],
    ['the eleventh on one account', { pair: 11, address: 11, account: 11, isKnownPair: false }, false],
    ['the eleventh from a known address', { pair: 11, address: 11, account: 11, isKnownPair: true }, true],
    [
      'the thirty-first from a known address',
      { pair: 31, address: 31, account: 31, isKnownPair: true },
      false,
    ],
    ['many accounts from one address', { pair: 1, address: 101, account: 1, isKnownPair: false }, false],
    [
      'one account guessed at from everywhere',
      { pair: 1, address: 1, account: 51, isKnownPair: false },
      false,
    ],
    ['the honest owner meanwhile', { pair: 1, address: 1, account: 51, isKnownPair: true }, true],
  ])('%s', (_, counts, expected) => {
    expect(mayAttempt(counts)).toBe(expected);
  });
});
