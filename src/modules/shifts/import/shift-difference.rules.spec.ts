import fc from 'fast-check';
import { localDateOf } from '../../../common/local-date.js';
import { differenceOf, isAlarming, withoutRepetitions, type KnownShift } from './shift-difference.rules.js';

const HOUR = 3_600_000;
const T0 = Date.parse('2026-10-20T00:00:00Z');
const dayOf = (instant: Date) => localDateOf(instant);
const span = (start: number, hours: number) => ({
  startsAt: new Date(T0 + start * HOUR),
  endsAt: new Date(T0 + (start + hours) * HOUR),
});
/** Shifts of which no two begin together, over ten days with the end of summer time among them. */
const shifts = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 240 }), fc.integer({ min: 1, max: 12 })), {
    selector: ([start]) => start,
    maxLength: 40,
  })
  .map((list) => list.map(([start, hours]) => span(start, hours)));
const keyOf = ({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }) =>
  `${startsAt.toISOString()}/${endsAt.toISOString()}`;
const withIds = (list: ReturnType<typeof span>[]): KnownShift[] =>
  list.map((one, n) => ({ id: n + 1, ...one }));

describe('differenceOf', () => {
  it('makes the plan the one of the file, and then finds nothing more to do', () => {
    fc.assert(
      fc.property(shifts, shifts, (planned, before) => {
        const known = withIds(before);
        const { same, added, moved, gone } = differenceOf(planned, known, dayOf);
        const after = new Map(known.map((shift) => [shift.id, shift]));
        for (const { id } of gone) after.delete(id);
        for (const { id, from, to } of moved) {
          expect(keyOf(after.get(id)!)).toBe(keyOf(from));
          expect(dayOf(from.startsAt)).toBe(dayOf(to.startsAt));
          // No move ends where another shift still begins.
          const others = [...after.values()].filter((shift) => shift.id !== id);
          expect(others.some(({ startsAt }) => startsAt.getTime() === to.startsAt.getTime())).toBe(false);
          after.set(id, { id, ...to });
        }
        const result = [...after.values(), ...added];
        expect(result.map(keyOf).sort()).toEqual(planned.map(keyOf).sort());
        expect(same + moved.length + added.length).toBe(planned.length);
        expect(same + moved.length + gone.length).toBe(known.length);
        expect(differenceOf(planned, withIds(result), dayOf)).toEqual({
          same: planned.length,
          added: [],
          moved: [],
          gone: [],
        });
      }),
    );
  });

  it('never adds and removes on the same day: that is a move', () => {
    fc.assert(
      fc.property(shifts, shifts, (planned, before) => {
        const { added, gone } = differenceOf(planned, withIds(before), dayOf);
        const days = new Set(gone.map(({ startsAt }) => dayOf(startsAt)));
        expect(added.filter(({ startsAt }) => days.has(dayOf(startsAt)))).toEqual([]);
      }),
    );
  });

  it.each([
    ['another end', [span(8, 8)], [span(8, 6)], [0, 1, 0]],
    ['another start', [span(9, 8)], [span(8, 8)], [0, 1, 0]],
    ['another day', [span(32, 8)], [span(8, 8)], [1, 0, 1]],
    ['two for one', [span(6, 4), span(14, 4)], [span(8, 8)], [1, 1, 0]],
    ['one for two', [span(6, 4)], [span(8, 2), span(14, 2)], [0, 1, 1]],
  ])('takes %s for what it is', (_, planned, known, expected) => {
    const { added, moved, gone } = differenceOf(planned, withIds(known), dayOf);
    expect([added.length, moved.length, gone.length]).toEqual(expected);
  });
});

describe('withoutRepetitions', () => {
  it('lets the first row count', () => {
    const rows = [
      { rowId: 3, ...span(8, 8) },
      { rowId: 1, ...span(8, 8) },
      { rowId: 2, ...span(8, 6) },
      { rowId: 4, ...span(20, 4) },
    ];
    const { shifts, duplicates, contradictions } = withoutRepetitions(rows);
    expect(shifts.map(({ rowId }) => rowId)).toEqual([1, 4]);
    expect({ duplicates, contradictions }).toEqual({ duplicates: [3], contradictions: [2] });
  });
});

describe('isAlarming', () => {
  it.each([
    [{ known: 0, moved: 0, gone: 0, rows: 10, unusable: 0 }, false],
    [{ known: 100, moved: 0, gone: 20, rows: 80, unusable: 0 }, false],
    [{ known: 100, moved: 0, gone: 21, rows: 79, unusable: 0 }, true],
    [{ known: 0, moved: 0, gone: 0, rows: 100, unusable: 21 }, true],
    [{ known: 100, moved: 50, gone: 0, rows: 100, unusable: 0 }, false],
    [{ known: 100, moved: 51, gone: 0, rows: 100, unusable: 0 }, true],
  ])('%j: %s', (counts, expected) => expect(isAlarming(counts)).toBe(expected));
});
