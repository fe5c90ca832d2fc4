import { minutesList, type AskedVersion } from './guide-minutes.rules.js';

const asked = (versionId: number, day: number, minutes: number, agents: number): AskedVersion => ({
  versionId,
  title: `Guide ${versionId}`,
  from: new Date(Date.UTC(2026, 11, day)),
  minutes,
  agents,
});

describe('minutesList', () => {
  it('adds up what each guide takes, the first to apply at the top', () => {
    const list = minutesList([asked(1, 9, 5, 3), asked(2, 3, 12, 1), asked(3, 3, 1, 2)]);
    expect(list.guides.map(({ versionId, total, isOne }) => [versionId, total, isOne])).toEqual([
      [2, 12, true],
      [3, 2, false],
      [1, 15, false],
    ]);
    expect(list).toMatchObject({ count: 3, more: 0, total: 29 });
  });

  it('counts the minutes of guides that it does not name', () => {
    const list = minutesList(Array.from({ length: 25 }, (_, n) => asked(n + 1, 3, 2, 10)));
    expect(list.guides).toHaveLength(20);
    expect(list).toMatchObject({ count: 25, more: 5, total: 500 });
  });
});
