import { counts, overrideFault } from './override.rules.js';

const AT = new Date('2026-12-01T07:00:00Z');
const LATER = new Date('2026-12-01T13:00:00Z');

describe('an override', () => {
  it.each([
    ['the shift it was made for', 1, AT, true],
    ['the shift at another time', 1, LATER, false],
    ['the shift of somebody else', 2, AT, false],
  ])('for %s: %s %s', (_, agentId, startsAt, expected) => {
    expect(counts({ agentId: 1, startsAt: AT }, { agentId, startsAt })).toBe(expected);
  });

  it.each([
    ['an agent who is not ready', { endsAt: LATER, ready: false, isOverridden: false }, undefined],
    ['an agent who is ready', { endsAt: LATER, ready: true, isOverridden: false }, 'already_ready'],
    ['one made already', { endsAt: LATER, ready: true, isOverridden: true }, 'already_overridden'],
    ['a shift that is over', { endsAt: AT, ready: false, isOverridden: false }, 'shift_over'],
  ])('for %s', (_, shift, expected) => {
    expect(overrideFault(shift, AT)).toBe(expected);
  });
});
