import { readingList, type UnreadVersion } from './reading-list.rules.js';

const unread = (changes: Partial<UnreadVersion>): UnreadVersion => ({
  guideId: 1,
  number: 1,
  title: 'Pas',
  changeNote: 'Ny pris',
  minutes: 5,
  isAcute: false,
  isCourse: false,
  effectiveFrom: new Date('2026-12-01T00:00:00Z'),
  dueAt: null,
  ...changes,
});
const on = (day: number) => new Date(Date.UTC(2026, 11, day));

describe('the reading list', () => {
  it('follows the shifts, then what is acute, then the days from which it applies', () => {
    const list = readingList([
      unread({ guideId: 1, effectiveFrom: on(9) }),
      unread({ guideId: 2, effectiveFrom: on(3) }),
      unread({ guideId: 3, dueAt: on(8) }),
      unread({ guideId: 4, dueAt: on(4) }),
      unread({ guideId: 5, isAcute: true }),
    ]);
    expect(list.map(({ guideId }) => guideId)).toEqual([4, 3, 5, 2, 1]);
  });

  it('names a guide once, with its newest version and its earliest shift', () => {
    const versions = [
      unread({ number: 2, title: 'Pas og kørekort', dueAt: on(20) }),
      unread({ number: 1, dueAt: on(2), isAcute: true }),
    ];
    for (const order of [versions, versions.toReversed()])
      expect(readingList(order)).toEqual([
        unread({ number: 2, title: 'Pas og kørekort', dueAt: on(2), isAcute: true }),
      ]);
  });
});
