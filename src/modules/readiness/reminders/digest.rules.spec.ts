import { digestList, MOST_LISTED, type ListedVersion } from './digest.rules.js';

const version = (guideId: number, number: number, day: number, minutes = 5): ListedVersion => ({
  guideId,
  number,
  title: `Guide ${guideId}.${number}`,
  minutes,
  startsAt: new Date(Date.UTC(2026, 11, day, 7)),
});

describe('digestList', () => {
  it.each<[string, ListedVersion[], string[], number]>([
    ['one', [version(1, 1, 3)], ['Guide 1.1 3'], 5],
    ['the earliest shift first', [version(1, 1, 9), version(2, 1, 3)], ['Guide 2.1 3', 'Guide 1.1 9'], 10],
    ['two versions of a guide', [version(1, 1, 3, 5), version(1, 2, 9, 8)], ['Guide 1.2 3'], 8],
    ['the same the other way round', [version(1, 2, 9, 8), version(1, 1, 3, 5)], ['Guide 1.2 3'], 8],
  ])('%s', (_, versions, expected, minutes) => {
    const list = digestList(versions);
    expect(list.guides.map(({ title, startsAt }) => `${title} ${startsAt.getUTCDate()}`)).toEqual(expected);
    expect(list).toMatchObject({ count: expected.length, more: 0, minutes });
    expect(list.startsAt).toEqual(list.guides[0]!.startsAt);
  });

  it('counts what it does not name', () => {
    const list = digestList(Array.from({ length: MOST_LISTED + 3 }, (_, n) => version(n + 1, 1, 3, 2)));
    expect(list.guides).toHaveLength(MOST_LISTED);
    expect(list).toMatchObject({ count: MOST_LISTED + 3, more: 3, minutes: 2 * (MOST_LISTED + 3) });
  });
});
