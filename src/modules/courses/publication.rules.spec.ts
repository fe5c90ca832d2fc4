import { defaultChoice, isMailed, type Enrollee } from './publication.rules.js';

describe('isMailed', () => {
  const cases: [Enrollee['kind'], boolean, boolean][] = [
    ['new', true, true],
    ['new', false, false],
    ['existing', true, false],
    ['existing', false, false],
    ['leader', false, true],
  ];
  it.each(cases)('%s, waiting %s: %s', (kind, isWaiting, expected) => {
    expect(isMailed({ personId: 1, kind, isWaiting })).toBe(expected);
  });
});

it('leaders all get their course unless somebody chooses otherwise', () => {
  expect([defaultChoice('leader'), defaultChoice('agent')]).toEqual(['all', 'waiting']);
});
