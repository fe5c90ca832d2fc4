import { linkState, type StoredLink } from './links.rules.js';

const now = new Date('2026-11-21T12:00:00Z');
const link = (changes: Partial<StoredLink>): StoredLink => ({
  purpose: 'sign-in',
  expiresAt: new Date(now.getTime() + 1),
  usedAt: null,
  revokedAt: null,
  ...changes,
});

describe('linkState', () => {
  it.each([
    ['fresh', link({}), 'valid'],
    ['at its last instant', link({ expiresAt: now }), 'expired'],
    ['used once', link({ usedAt: now }), 'used'],
    ['a personal link used before', link({ purpose: 'personal', usedAt: now }), 'valid'],
    ['revoked', link({ revokedAt: now }), 'revoked'],
    ['a personal link revoked', link({ purpose: 'personal', revokedAt: now }), 'revoked'],
  ])('%s', (_, stored, expected) => {
    expect(linkState(stored, now)).toBe(expected);
  });
});
