import fc from 'fast-check';
import { ATTENDANCE_STATUSES, markedAt, mustAttendAgain, weighMark, type Mark } from './attendance.rules.js';

describe('mustAttendAgain', () => {
  it.each([
    ['attended', undefined, false],
    ['attended', true, false],
    ['no_show', undefined, true],
    ['no_show', false, true],
    ['partial', undefined, false],
    ['partial', true, true],
    ['excused', undefined, true],
    ['excused', false, false],
  ] as const)('%s, decided %s: %s', (status, decided, expected) => {
    expect(mustAttendAgain(status, decided)).toBe(expected);
  });
});

const mark = (status: Mark['status'], at: string, changes: Partial<Mark> = {}): Mark => ({
  status,
  mustAttendAgain: mustAttendAgain(status, undefined),
  reason: null,
  note: null,
  markedAt: new Date(`2026-12-09T${at}:00Z`),
  ...changes,
});

describe('weighMark', () => {
  it.each([
    ['nothing known', undefined, mark('attended', '09:00'), 'first'],
    ['a later one', mark('no_show', '09:00'), mark('attended', '09:20'), 'correction'],
    ['one that was under way for long', mark('attended', '09:20'), mark('no_show', '09:00'), 'older'],
    ['the same again', mark('attended', '09:00'), mark('attended', '09:00'), 'confirmation'],
    ['the same later', mark('attended', '09:00'), mark('attended', '09:05'), 'confirmation'],
    ['another reason', mark('excused', '09:00'), mark('excused', '09:05', { reason: 'leave' }), 'correction'],
  ] as const)('%s', (_, known, made, expected) => {
    expect(weighMark(known, made)).toBe(expected);
  });

  it('comes to the latest mark, in whichever order they arrive and however often', () => {
    const marks = fc.uniqueArray(
      fc.record({ status: fc.constantFrom(...ATTENDANCE_STATUSES), minute: fc.nat(59) }),
      { minLength: 1, selector: ({ minute }) => minute },
    );
    fc.assert(
      fc.property(marks, fc.infiniteStream(fc.nat(1000)), (made, random) => {
        const all = made.map(({ status, minute }) => mark(status, `09:${String(minute).padStart(2, '0')}`));
        const arriving = [...all, ...all]
          .map((one) => ({ one, at: random.next().value as number }))
          .sort((a, b) => a.at - b.at);
        let known: Mark | undefined;
        for (const { one } of arriving) if (weighMark(known, one) !== 'older') known = one;
        const latest = all.toSorted((a, b) => b.markedAt.getTime() - a.markedAt.getTime())[0]!;
        expect(known?.status).toBe(latest.status);
      }),
    );
  });
});

describe('markedAt', () => {
  const now = new Date('2026-12-09T09:00:00Z');
  it.each([
    ['nothing told', undefined, now],
    ['earlier', new Date('2026-12-09T08:40:00Z'), new Date('2026-12-09T08:40:00Z')],
    ['a clock that runs ahead', new Date('2026-12-09T11:00:00Z'), now],
  ])('%s', (_, told, expected) => {
    expect(markedAt(told, now)).toEqual(expected);
  });
});
