import { readingMinutes } from './reading-minutes.rules.js';

describe('how long a text takes to read', () => {
  it.each([
    [null, 5],
    [undefined, 5],
    ['', 5],
    ['# -- **', 5],
    ['Pas', 1],
    ['ord '.repeat(200), 1],
    ['ord '.repeat(201), 2],
    ['æ-ø å’s '.repeat(200), 2],
  ])('%# is estimated from its words', (text, minutes) => {
    expect(readingMinutes(text)).toBe(minutes);
  });
});
