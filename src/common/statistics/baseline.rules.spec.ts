import { coverage } from '../../../test/support/simulation.js';
import { changeSince } from './baseline.rules.js';
import { summarise } from './mean.rules.js';

const of = (n: number, mean: number, sd: number | null) => ({ n, mean, sd });

describe('changeSince', () => {
  it.each([
    ['better', of(220, 62, 20), of(240, 68, 19), true],
    ['worse', of(220, 68, 20), of(240, 62, 19), true],
    ['worse', of(220, 62, 20), of(240, 68, 19), false],
    ['uncertain', of(220, 62, 20), of(240, 63, 19), true],
    ['uncertain', of(9, 62, 20), of(8, 68, 19), true],
  ])('says %s with both spreads', (verdict, baseline, now, higherIsBetter) => {
    const change = changeSince(baseline, now, higherIsBetter)!;
    expect(change.verdict).toBe(verdict);
    expect(change.basis).toBe('both_spreads');
    expect(change.ifAlike).toBeNull();
    expect(change.difference.value).toBeCloseTo(now.mean - baseline.mean, 12);
  });

  it('takes the widest spread where the baseline kept none, and says so', () => {
    const change = changeSince(of(200, 64, null), of(240, 68, 20))!;
    expect(change.basis).toBe('widest_spread');
    expect(change.verdict).toBe('uncertain');
    // 1.969898 is the t of 239 degrees of freedom; 48² is the widest variance at a mean of 64, times n / (n - 1).
    const half = Math.hypot((1.9699 * 20) / Math.sqrt(240), (1.959964 * 48) / Math.sqrt(199));
    expect(change.difference.high - change.difference.value).toBeCloseTo(half, 3);
    expect(change.ifAlike!.low).toBeGreaterThan(0);
    expect(change.ifAlike!.high).toBeLessThan(change.difference.high);
  });

  it('says better without a spread where it holds however the answers were spread', () => {
    expect(changeSince(of(200, 55, null), of(240, 68, 20))!.verdict).toBe('better');
  });

  it('says nothing like certain when neither wave kept a spread, and no assumption helps', () => {
    const change = changeSince(of(200, 64, null), of(240, 68, null))!;
    expect(change.basis).toBe('widest_spread');
    expect(change.ifAlike).toBeNull();
  });

  it('does not take answers that are all the same to be sure', () => {
    const change = changeSince(of(6, 75, 0), of(6, 80, 0))!;
    expect(change.basis).toBe('widest_spread');
    expect(change.verdict).toBe('uncertain');
    expect(changeSince(of(6, 0, 0), of(6, 100, 0))).toBeNull();
  });

  it.each([
    [1, 5],
    [5, 1],
  ])('is nothing for %i and %i answers', (before, after) => {
    expect(changeSince(of(before, 60, null), of(after, 70, null))).toBeNull();
  });

  /** Answers of 0 to 4 on 0 to 100. */
  const wave = (n: number, probability: number, draw: { binomial(n: number, p: number): number }) =>
    summarise(Array.from({ length: n }, () => 25 * draw.binomial(4, probability)))!;

  it('holds the truth in 95 of 100 cases with both spreads, and in more without', () => {
    const both = coverage(21, 5, (draw) => {
      return changeSince(wave(180, 0.6, draw), wave(210, 0.65, draw))!.difference;
    });
    expect(Math.abs(both - 0.95)).toBeLessThanOrEqual(0.015);
    const without = coverage(22, 5, (draw) => {
      return changeSince({ ...wave(180, 0.6, draw), sd: null }, wave(210, 0.65, draw))!.difference;
    });
    expect(without).toBeGreaterThanOrEqual(0.95);
  });
});
