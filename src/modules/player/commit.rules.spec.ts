import fc from 'fast-check';
import { isNewer, keptCmi, readCommit, type PlayerCommit } from './commit.rules.js';
import { launchSeconds } from './time.rules.js';
import { countedUnits, firstUnit } from './units.rules.js';
import { supportView } from './runtime-view.rules.js';
import { contentKey, openContentKey } from './content-key.js';

const commit = (cmi: Record<string, unknown>, more: Partial<PlayerCommit> = {}): PlayerCommit => ({
  scoIndex: 0,
  sequence: 1,
  isFinal: false,
  isPartial: false,
  cmi,
  completionStatus: 'unknown',
  successStatus: 'unknown',
  ...more,
});

describe('readCommit', () => {
  it('takes a failed SCORM 1.2 unit for one that was gone through', () => {
    const core = {
      lesson_status: 'failed',
      score: { raw: '30', min: '0', max: '100' },
      session_time: '0000:00:08.69',
      lesson_location: 'p2',
    };
    expect(readCommit('scorm-1.2', commit({ core }))).toEqual({
      completion: 'completed',
      success: 'failed',
      scoreScaled: 0.3,
      seconds: 8.69,
      place: 'p2',
    });
  });

  it.each([
    ['says goodbye without a status', 'not attempted', true, 'completed'],
    ['is left without a goodbye', 'not attempted', false, null],
    ['says goodbye half-way', 'incomplete', true, 'incomplete'],
  ])('reads a SCORM 1.2 unit that %s', (_, lesson_status, isFinal, completion) => {
    const said = readCommit('scorm-1.2', commit({ core: { lesson_status } }, { isFinal }));
    expect(said).toMatchObject({ completion, success: null });
  });

  it('takes what scorm-again has evaluated for SCORM 2004', () => {
    const cmi = { score: { scaled: '0.9' }, session_time: 'PT1M', location: '' };
    const said = commit(cmi, { completionStatus: 'completed', successStatus: 'passed' });
    expect(readCommit('scorm-2004-4', said)).toEqual({
      completion: 'completed',
      success: 'passed',
      scoreScaled: 0.9,
      seconds: 60,
      place: null,
    });
  });

  it('never fails on whatever content writes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('scorm-1.2', 'scorm-2004-3'),
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.jsonValue(),
        (standard, cmi, core) => {
          const { scoreScaled, seconds } = readCommit(
            standard,
            commit({ ...cmi, core, score: core, session_time: core }),
          );
          expect(scoreScaled === null || Math.abs(scoreScaled) <= 1).toBe(true);
          expect(seconds === null || seconds >= 0).toBe(true);
        },
      ),
    );
  });
});

describe('what is kept', () => {
  it.each([
    ['a later launch', { launchId: 3, sequence: 1 }, true],
    ['a later message', { launchId: 2, sequence: 6 }, true],
    ['the same message', { launchId: 2, sequence: 5 }, false],
    ['an earlier launch', { launchId: 1, sequence: 9 }, false],
  ])('%s', (_, message, isKept) => {
    expect(isNewer(message, { launchId: 2, sequence: 5 })).toBe(isKept);
  });

  it('leaves what a partial message does not bring', () => {
    const stored = { suspend_data: 'long', location: 'a' };
    expect(keptCmi(stored, { cmi: { location: 'b' }, isPartial: true })).toEqual({
      suspend_data: 'long',
      location: 'b',
    });
    expect(keptCmi(stored, { cmi: { location: 'b' }, isPartial: false })).toEqual({ location: 'b' });
  });

  it.each([
    ['what the content counts', [30, 90, 100], 30],
    ['the stopwatch, when it counts nothing', [null, 90, 100], 90],
    ['the stopwatch, when it says zero', [0, 90, 100], 90],
    ['never more than has passed', [5_000, 90, 100], 160],
  ] as const)('counts time: %s', (_, [counted, open, since], seconds) => {
    expect(launchSeconds(counted, open, since)).toBe(seconds);
  });
});

describe('units', () => {
  const units = (...kinds: ['sco' | 'asset', boolean][]) => ({
    scos: kinds.map(([kind, isVisible]) => ({ kind, isVisible })) as never,
  });

  it('counts those that talk and are offered', () => {
    expect(countedUnits(units(['asset', true], ['sco', true], ['sco', false], ['sco', true]))).toEqual([
      1, 3,
    ]);
    expect(countedUnits(units(['asset', true], ['sco', false]))).toEqual([1]);
  });

  it('goes on with the first that is not completed', () => {
    expect(firstUnit([1, 3], (index) => index === 1)).toBe(3);
    expect(firstUnit([1, 3], () => true)).toBe(1);
  });
});

describe('supportView', () => {
  it('shows where content is stuck, without answers, scores and time', () => {
    expect(
      supportView({
        core: { lesson_status: 'incomplete', score: { raw: '3' }, session_time: '1' },
        suspend_data: 'abc',
        interactions: { 0: {} },
      }),
    ).toEqual({
      core: { lesson_status: 'incomplete', score: '…', session_time: '…' },
      suspend_data: '… (3)',
      interactions: '…',
    });
  });
});

describe('the key of a package', () => {
  const checksum = 'a'.repeat(64);
  const now = new Date('2026-11-22T12:00:00Z');
  const later = (days: number) => new Date(now.getTime() + days * 86_400_000);

  it('is the same for a week, opens for another, and then no more', () => {
    const key = contentKey('secret', checksum, now);
    expect(openContentKey('secret', key, now)).toBe(checksum);
    expect(openContentKey('secret', key, later(7))).toBe(checksum);
    expect(openContentKey('secret', key, later(14))).toBeUndefined();
  });

  it('opens nothing with another secret or another package', () => {
    const key = contentKey('secret', checksum, now);
    expect(openContentKey('other', key, now)).toBeUndefined();
    expect(openContentKey('secret', key.replace(/^a/, 'b'), now)).toBeUndefined();
    expect(openContentKey('secret', 'x', now)).toBeUndefined();
  });
});
