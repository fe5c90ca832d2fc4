import fc from 'fast-check';
import {
  FEWEST,
  median,
  medianOfEnough,
  minutesByVersion,
  readablePlace,
  stopsByPlace,
  stopsByUnit,
  type Stop,
} from './course-progress.rules.js';

const number = fc.integer({ min: 0, max: 100_000 });
const times = (count: number, place: string | null) => Array.from({ length: count }, () => place);

describe('median', () => {
  it.each([
    [[7], 7],
    [[9, 1], 5],
    [[3, 1, 2], 2],
    [[10, 9, 100, 1], 9.5],
    [[2, 10, 100], 10],
  ])('of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it('has as many above it as below it, in any order, and changes nothing', () => {
    fc.assert(
      fc.property(fc.array(number, { minLength: 1 }), (values) => {
        const before = [...values];
        const middle = median(values);
        expect(values).toEqual(before);
        expect(median(values.toReversed())).toBe(middle);
        const below = values.filter((value) => value < middle).length;
        const above = values.filter((value) => value > middle).length;
        expect(Math.max(below, above)).toBeLessThanOrEqual(values.length / 2);
      }),
    );
  });

  it('is kept back below five people, and only there', () => {
    fc.assert(
      fc.property(fc.array(number), (values) => {
        const shown = medianOfEnough(values);
        expect(shown.people).toBe(values.length);
        expect(shown.median === null).toBe(values.length < FEWEST);
      }),
    );
  });
});

describe('minutesByVersion', () => {
  const spent = (version: number, minutes: number[], from = 1) =>
    minutes.map((count, index) => ({ version, enrolmentId: from + index, seconds: count * 60 }));

  it('tells each version by itself, the newest first', () => {
    expect(minutesByVersion([...spent(1, [10, 20, 30, 40, 50]), ...spent(2, [1, 2, 3, 4])])).toEqual([
      { version: 2, people: 4, median: null },
      { version: 1, people: 5, median: 30 },
    ]);
  });

  it('counts a person once, with the first attempt: four people do not become five', () => {
    expect(minutesByVersion([...spent(1, [10, 20, 30, 40]), ...spent(1, [99])])).toEqual([
      { version: 1, people: 4, median: null },
    ]);
    expect(minutesByVersion([...spent(1, [10, 20, 30, 40, 50]), ...spent(1, [99, 99, 99])])).toEqual([
      { version: 1, people: 5, median: 30 },
    ]);
  });
});

describe('readablePlace', () => {
  it.each([
    ['Modul 3: Borgerservice', 'Modul 3: Borgerservice'],
    ['  Slide 12 ', 'Slide 12'],
    ['12', '12'],
    ['Øvelse – “svære” opkald', 'Øvelse – “svære” opkald'],
    ['', null],
    ['   ', null],
    [null, null],
    ['{"page":3}', null],
    ['#/lessons/Xy12', null],
    ['1|2|3', null],
    ['dGhpcyBpcyBhIHZlcnkgbG9uZyBrZXk', null],
    ['<b>3</b>', null],
    [`Del ${'1 '.repeat(40)}`, null],
  ])('%j', (place, expected) => {
    expect(readablePlace(place)).toBe(expected);
  });

  it('is at most 60 characters, without control characters or markup', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 90 }), (place) => {
        const shown = readablePlace(place);
        if (shown === null) return;
        expect(shown.length).toBeLessThanOrEqual(60);
        expect(shown).not.toMatch(/[\p{Cc}<>{}|]/u);
      }),
    );
  });
});

describe('stops', () => {
  it('name a place from five people on, most people first', () => {
    expect(stopsByPlace([...times(5, 'Del 1'), ...times(4, 'Del 2'), ...times(6, 'Del 3')])).toEqual([
      { place: 'Del 3', people: 6 },
      { place: 'Del 1', people: 5 },
      { place: null, people: 4 },
    ]);
    expect(stopsByPlace(times(9, 'page=1&x={}'))).toEqual([{ place: null, people: 9 }]);
  });

  it('count everybody once and name nobody who stands nearly alone', () => {
    const place = fc.constantFrom('Del 1', 'Del 2', 'Del 3', '{}', null);
    fc.assert(
      fc.property(fc.array(place, { maxLength: 40 }), (places) => {
        const shown = stopsByPlace(places);
        expect(shown.reduce((sum, { people }) => sum + people, 0)).toBe(places.length);
        for (const one of shown)
          if (one.place !== null) {
            expect(one.people).toBeGreaterThanOrEqual(FEWEST);
            expect(places.filter((other) => other === one.place)).toHaveLength(one.people);
          }
      }),
    );
  });

  it('are counted by unit, newest version first, and by place where there is one unit only', () => {
    const stop = (version: number, unit: number, hasOneUnit: boolean): Stop => ({
      version,
      unit,
      title: `Del ${unit}`,
      place: 'Side 1',
      hasOneUnit,
    });
    const stops = [stop(1, 1, false), stop(1, 0, false), stop(1, 1, false)];
    expect(stopsByUnit([...stops, ...times(5, null).map(() => stop(2, 0, true))])).toEqual([
      { version: 2, unit: 0, title: 'Del 0', people: 5, places: [{ place: 'Side 1', people: 5 }] },
      { version: 1, unit: 0, title: 'Del 0', people: 1, places: [] },
      { version: 1, unit: 1, title: 'Del 1', people: 2, places: [] },
    ]);
  });
});
