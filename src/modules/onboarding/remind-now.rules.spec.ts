import fc from 'fast-check';
import { remindable, REMINDER_PAUSE_MS, type RemindedBefore } from './remind-now.rules.js';

const now = new Date('2026-11-21T03:00:00Z');
const ago = (ms: number) => new Date(now.getTime() - ms);
const NOTHING: RemindedBefore = { isWelcomeWaiting: false, isOnItsWay: false, lastSentAt: null };

describe('remindable', () => {
  it.each<[string, Partial<RemindedBefore>, string]>([
    ['never reminded, at night', {}, 'now'],
    ['reminded this minute', { lastSentAt: now }, 'reminded_today'],
    ['a millisecond short of a day ago', { lastSentAt: ago(REMINDER_PAUSE_MS - 1) }, 'reminded_today'],
    ['a day ago', { lastSentAt: ago(REMINDER_PAUSE_MS) }, 'now'],
    ['one is queued', { isOnItsWay: true }, 'on_its_way'],
    ['one is queued, one was sent long ago', { isOnItsWay: true, lastSentAt: ago(1e9) }, 'on_its_way'],
    ['not welcomed yet', { isWelcomeWaiting: true }, 'welcome_waiting'],
  ])('%s', (_, before, expected) => {
    expect(remindable({ ...NOTHING, ...before }, now)).toBe(expected);
  });

  it('never lets two reminders through within a day, whenever it is asked', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 * 3_600_000 }), { maxLength: 60 }), (pauses) => {
        let at = now.getTime();
        let lastSentAt: Date | null = null;
        for (const pause of pauses) {
          at += pause;
          if (remindable({ ...NOTHING, lastSentAt }, new Date(at)) !== 'now') continue;
          if (lastSentAt) expect(at - lastSentAt.getTime()).toBeGreaterThanOrEqual(REMINDER_PAUSE_MS);
          lastSentAt = new Date(at);
        }
        if (pauses.length > 0) expect(lastSentAt).not.toBeNull();
      }),
    );
  });
});
