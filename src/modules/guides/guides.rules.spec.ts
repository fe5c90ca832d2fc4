import { applies, isFor, windowsOf, type PublishedVersion } from './guides.rules.js';

const at = (day: number, hour = 0) => new Date(Date.UTC(2026, 10, day, hour));

const version = (number: number, changes: Partial<PublishedVersion> = {}): PublishedVersion => ({
  number,
  isMinor: false,
  urgency: 'normal',
  effectiveFrom: at(number),
  publishedAt: at(1),
  isWithdrawn: false,
  ...changes,
});

describe('the beginning of a window', () => {
  it.each([
    ['takes effect later', { effectiveFrom: at(9), publishedAt: at(2) }, at(9)],
    ['took effect before it was published', { effectiveFrom: at(2), publishedAt: at(9) }, at(9)],
    ['is acute', { effectiveFrom: at(2), publishedAt: at(2), urgency: 'acute' as const }, at(5)],
  ])('a version that %s', (_, changes, from) => {
    expect(windowsOf([version(1, changes)])[0]!.countsFrom).toEqual(from);
  });

  it('of a minor change leaves the grace of an acute version as it is', () => {
    const acute = { effectiveFrom: at(2), publishedAt: at(2), urgency: 'acute' as const };
    const minor = { effectiveFrom: at(3), publishedAt: at(3), isMinor: true };
    for (const urgency of ['normal', 'acute'] as const) {
      const windows = windowsOf([version(1, acute), version(2, { ...minor, urgency })]);
      expect(windows.map(({ countsFrom }) => countsFrom)).toEqual([at(5), at(5)]);
      expect(windows.map(({ appliesUntil }) => appliesUntil)).toEqual([at(5), null]);
    }
  });
});

describe('windowsOf', () => {
  const ends = (versions: PublishedVersion[], archivedAt: Date | null = null) =>
    windowsOf(versions, archivedAt).map(({ appliesUntil }) => appliesUntil);
  const answered = (versions: PublishedVersion[]) =>
    windowsOf(versions).map(({ answeredFrom }) => answeredFrom);

  it.each([
    ['one version goes on', [version(1)], [null]],
    ['the next one ends it', [version(1), version(2)], [at(2), null]],
    ['a withdrawn one ends nothing', [version(1), version(2, { isWithdrawn: true })], [null, at(2)]],
    [
      'a later one that begins earlier leaves it no time',
      [version(1, { effectiveFrom: at(8) }), version(2)],
      [at(2), null],
    ],
    [
      'the first of several later ones ends it',
      [version(1), version(2, { effectiveFrom: at(9) }), version(3)],
      [at(3), at(3), null],
    ],
  ])('%s', (_, versions, expected) => {
    expect(ends(versions)).toEqual(expected);
  });

  it('archiving ends what goes on', () => {
    expect(ends([version(1), version(2)], at(20))).toEqual([at(2), at(20)]);
  });

  it.each([
    ['each asks anew', [version(1), version(2)], [1, 2]],
    ['a minor one is answered by the one before', [version(1), version(2, { isMinor: true })], [1, 1]],
    [
      'so are several minor ones',
      [version(1), version(2), version(3, { isMinor: true }), version(4, { isMinor: true })],
      [1, 2, 2, 2],
    ],
    [
      'a minor one after a withdrawn one is answered by the one before that',
      [version(1), version(2, { isWithdrawn: true }), version(3, { isMinor: true })],
      [1, 2, 1],
    ],
    [
      'a minor one after nothing but withdrawn ones is answered by any of them',
      [version(1, { isWithdrawn: true }), version(2, { isMinor: true })],
      [1, 1],
    ],
    ['the first is never minor', [version(1, { isMinor: true })], [1]],
  ])('%s', (_, versions, expected) => {
    expect(answered(versions)).toEqual(expected);
  });
});

describe('applies', () => {
  it.each([
    [at(2, 0), true],
    [at(1, 23), false],
    [at(4, 23), true],
    [at(5, 0), false],
  ])('a shift at %s', (startsAt, expected) => {
    expect(applies({ countsFrom: at(2), appliesUntil: at(5) }, startsAt)).toBe(expected);
  });
});

describe('isFor', () => {
  const member = { municipalityCode: '751', skills: ['pas'] };
  it.each([
    [{ kind: 'all', codes: [] }, true],
    [{ kind: 'municipalities', codes: ['615', '751'] }, true],
    [{ kind: 'municipalities', codes: ['615'] }, false],
    [{ kind: 'skills', codes: ['pas'] }, true],
    [{ kind: 'skills', codes: ['mitid'] }, false],
  ] as const)('%j', (audience, expected) => {
    expect(isFor(audience, member)).toBe(expected);
  });
});
