import fc from 'fast-check';
import {
  LONGEST_SECONDS,
  scaledScore,
  scorm12Status,
  scorm2004Status,
  secondsIn,
  secondsOfDuration,
  secondsOfTimespan,
} from './scorm.rules.js';

const anything = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    'passed',
    'FAILED',
    ' completed ',
    'not attempted',
    'unknown',
    '__proto__',
    'constructor',
    '',
  ),
);

describe('scorm12Status', () => {
  it.each([
    ['not attempted', null, null],
    ['incomplete', 'incomplete', null],
    ['browsed', 'incomplete', null],
    ['completed', 'completed', null],
    ['passed', 'completed', 'passed'],
    ['failed', 'completed', 'failed'],
    ['Passed ', 'completed', 'passed'],
    ['unknown', null, null],
    ['', null, null],
    [undefined, null, null],
    [null, null, null],
    [7, null, null],
    [['passed'], null, null],
  ])('%j', (status, completion, success) => {
    expect(scorm12Status(status)).toEqual({ completion, success });
  });

  it('says something of any text, and never passes what does not say so', () => {
    fc.assert(
      fc.property(anything, (status) => {
        const { completion, success } = scorm12Status(status);
        expect(['completed', 'incomplete', null]).toContain(completion);
        expect(success === 'passed').toBe(status.trim().toLowerCase() === 'passed');
        if (success) expect(completion).toBe('completed');
      }),
    );
  });

  it('gives an answer of its own each time', () => {
    scorm12Status('passed').completion = null;
    expect(scorm12Status('passed').completion).toBe('completed');
  });
});

describe('scorm2004Status', () => {
  it.each([
    ['completed', 'passed', 'completed', 'passed'],
    ['completed', 'failed', 'completed', 'failed'],
    ['completed', 'unknown', 'completed', null],
    ['incomplete', 'passed', 'incomplete', 'passed'],
    ['not attempted', 'unknown', null, null],
    ['UNKNOWN', 'PASSED', null, 'passed'],
    ['COMPLETED', 'UNKNOWN', 'completed', null],
    ['passed', 'completed', null, null],
    [undefined, null, null, null],
  ])('%j and %j', (given, result, completion, success) => {
    expect(scorm2004Status(given, result)).toEqual({ completion, success });
  });

  it('judges each of any two texts for itself', () => {
    fc.assert(
      fc.property(anything, anything, (completion, success) => {
        const both = scorm2004Status(completion, success);
        expect(both.completion).toBe(scorm2004Status(completion, null).completion);
        expect(both.success).toBe(scorm2004Status(null, success).success);
        expect(['completed', 'incomplete', null]).toContain(both.completion);
        expect(['passed', 'failed', null]).toContain(both.success);
      }),
    );
  });
});

describe('scaledScore', () => {
  it.each([
    [{ scaled: 0.7 }, 0.7],
    [{ scaled: -0.25 }, -0.25],
    [{ scaled: 7.0000000000000009 }, 1],
    [{ raw: 7.0000000000000009 }, 0.07],
    [{ raw: 70 }, 0.7],
    [{ raw: '70' }, 0.7],
    [{ raw: '7', min: '0', max: '10' }, 0.7],
    [{ raw: 7, min: 0, max: 10 }, 0.7],
    [{ raw: 7, min: 5, max: 5 }, 0.07],
    [{ raw: 7, min: '', max: '' }, 0.07],
    [{ raw: 0 }, 0],
    [{ raw: 1e308, min: -1e308, max: 1e308 }, null],
    [{ scaled: 'NaN', raw: 50 }, 0.5],
    [{ scaled: Number.NaN }, null],
    [{ scaled: 'NaN' }, null],
    [{ scaled: Number.POSITIVE_INFINITY }, null],
    [{ scaled: 'Infinity' }, null],
    [{ scaled: '' }, null],
    [{ raw: ' ' }, null],
    [{ raw: '0x10' }, null],
    [{ raw: true }, null],
    [{ raw: [50] }, null],
    [{}, null],
    [null, null],
    [undefined, null],
  ])('%j', (score, expected) => {
    expect(scaledScore(score)).toBe(expected);
  });

  const part = fc.oneof(
    fc.double(),
    fc.integer(),
    fc.double().map(String),
    fc.string(),
    fc.constant(undefined),
  );

  it('is a number from -1 to 1, or null, whatever is given', () => {
    fc.assert(
      fc.property(fc.record({ scaled: part, raw: part, min: part, max: part }), (score) => {
        const scaled = scaledScore(score);
        if (scaled === null) return;
        expect(scaled).toBeGreaterThanOrEqual(-1);
        expect(scaled).toBeLessThanOrEqual(1);
        expect(Object.is(scaled, -0)).toBe(false);
      }),
    );
  });

  it('keeps the order of two scores on one scale', () => {
    const points = fc.integer({ min: 0, max: 1000 });
    fc.assert(
      fc.property(points, points, (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)].map((raw) => scaledScore({ raw, max: 1000 })!);
        expect(low! <= high!).toBe(true);
        expect(high).toBeCloseTo(Math.max(a, b) / 1000, 6);
      }),
    );
  });
});

describe('secondsOfTimespan', () => {
  it.each([
    ['0000:00:08.69', 8.69],
    ['00:00:00', 0],
    ['01:02:03', 3723],
    ['0001:02:03.5', 3723.5],
    ['9999:99:99.99', 9999 * 3600 + 99 * 60 + 99.99],
    ['00:00:08.693', 8.69],
    ['1:00:00', 3600],
    ['', null],
    ['00:00', null],
    ['-01:00:00', null],
    ['00:-1:00', null],
    ['10000:00:00', null],
    ['0:0:5', 5],
    ['00:000:00', null],
    [7, null],
    ['PT1H', null],
    ['00:00:00.', null],
    [null, null],
    [undefined, null],
  ])('%j', (timespan, seconds) => {
    expect(secondsOfTimespan(timespan)).toBe(seconds);
  });

  it('gives back what was written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9999 * 360_000 }), (hundredths) => {
        const two = (n: number) => String(n).padStart(2, '0');
        const whole = Math.floor(hundredths / 100);
        const hours = String(Math.floor(whole / 3600)).padStart(4, '0');
        const text = `${hours}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}.${two(hundredths % 100)}`;
        expect(secondsOfTimespan(text)).toBe(hundredths / 100);
      }),
    );
  });
});

describe('secondsOfDuration', () => {
  const day = 86_400;

  it.each([
    ['P1Y2M3DT4H5M6.7S', (365 + 60 + 3) * day + 4 * 3600 + 5 * 60 + 6.7],
    ['PT0S', 0],
    ['PT8.69S', 8.69],
    ['PT90M', 5400],
    ['P2W', 14 * day],
    ['P1D', day],
    ['PT6.S', 6],
    ['P', null],
    ['PT', null],
    ['P1DT', null],
    ['-PT5S', null],
    ['PT-5S', null],
    ['P1S', null],
    ['PT1D', null],
    ['P100Y', null],
    [`PT${'9'.repeat(400)}S`, null],
    ['00:00:05', null],
    ['', null],
    [null, null],
  ])('%j', (duration, seconds) => {
    expect(secondsOfDuration(duration)).toBe(seconds);
  });

  it('gives back what was written', () => {
    const upTo = (max: number) => fc.integer({ min: 0, max });
    fc.assert(
      fc.property(upTo(30), upTo(23), upTo(59), upTo(5999), (days, hours, minutes, hundredths) => {
        const text = `P${days}DT${hours}H${minutes}M${hundredths / 100}S`;
        const whole = (days * day + hours * 3600 + minutes * 60) * 100 + hundredths;
        expect(secondsOfDuration(text)).toBe(whole / 100);
      }),
    );
  });
});

describe('seconds of any text', () => {
  it('are none, or from 0 to what a column holds', () => {
    const time = fc.oneof(
      fc.string(),
      fc.stringMatching(/^P(\d{0,12}Y)?(\d{0,9}M)?T(\d{0,12}H)?(\d{0,20}(\.\d{0,20})?S)?$/),
      fc.stringMatching(/^\d{0,9}:\d{0,3}:\d{0,3}(\.\d{0,12})?$/),
      fc.double().map(String),
    );
    fc.assert(
      fc.property(time, (text) => {
        for (const seconds of [secondsOfDuration(text), secondsOfTimespan(text), secondsIn(text)])
          if (seconds !== null) {
            expect(seconds).toBeGreaterThanOrEqual(0);
            expect(seconds).toBeLessThanOrEqual(LONGEST_SECONDS);
          }
      }),
    );
  });

  it.each([
    [12.5, 12.5],
    ['12', 12],
    [-1, null],
    [Number.NaN, null],
    ['NaN', null],
    [1e300, null],
    [null, null],
  ])('secondsIn(%j)', (value, seconds) => {
    expect(secondsIn(value)).toBe(seconds);
  });
});
