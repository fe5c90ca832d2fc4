import { FEWEST_PEOPLE, type Finding, type FindingGroup, type MunicipalityValue } from '../insight.js';

/** Who looks: whoever sees all, or a leader of some municipalities. */
export type Viewer = { kind: 'all' } | { kind: 'leader'; codes: readonly string[] };

/** Numbers of calls are told to leaders in hundreds, and shares in tenths of per cent. */
const CALLS_STEP = 100;
const SHARE_DIGITS = 3;
const OTHER_DIGITS = 1;

/** Whether an answer may be shared: it is one, with an interval unless two shares only stand side by side, and nobody is among few. */
export function isPublishable({ effect, groups, notAnswerable }: Finding): boolean {
  if (notAnswerable !== null || groups.length === 0) return false;
  if (groups.some(({ people }) => people < FEWEST_PEOPLE)) return false;
  return effect === null ? groups.length > 1 : effect.low !== null || effect.high !== null;
}

/**
 * What of a finding a viewer is shown. Leaders get what may be shared, rounded: the exact calls of two groups, taken from the total of a
 * month or from those of the month before, would tell what the few agents did who are in neither. Beside it they get the own
 * municipality alone.
 */
export function forViewer(finding: Finding, viewer: Viewer): Finding {
  if (viewer.kind === 'all') return finding;
  const own = finding.municipalities.filter(({ code }) => viewer.codes.includes(code));
  const isTold = isPublishable(finding);
  return {
    ...finding,
    effect: isTold && finding.effect ? roundedEffect(finding.effect) : null,
    groups: isTold ? finding.groups.map((group) => roundedGroup(group, finding.groupUnit)) : [],
    figures: isTold ? finding.figures.map(roundedEffect) : [],
    notes: isTold ? finding.notes.filter(({ args }) => !isFew(args['n'])) : [],
    municipalities: own.map((one) => roundedMunicipality(one, finding.groupUnit)),
    table: { columns: [], rows: [] },
    notAnswerable: finding.notAnswerable && {
      ...finding.notAnswerable,
      n: isFew(finding.notAnswerable.n) ? null : finding.notAnswerable.n,
    },
  };
}

/** One to four of somebody. */
function isFew(n: number | null | undefined): boolean {
  return n !== undefined && n !== null && n > 0 && n < FEWEST_PEOPLE;
}

function roundedGroup(group: FindingGroup, unit: Finding['groupUnit']): FindingGroup {
  return {
    ...roundedInterval(group, unit === 'share' ? SHARE_DIGITS : OTHER_DIGITS),
    calls: group.calls === null ? null : Math.round(group.calls / CALLS_STEP) * CALLS_STEP,
  };
}

function roundedMunicipality(one: MunicipalityValue, unit: Finding['groupUnit']): MunicipalityValue {
  return roundedInterval(one, unit === 'share' ? SHARE_DIGITS : OTHER_DIGITS);
}

function roundedEffect<E extends { value: number; low: number | null; high: number | null; unit: string }>(
  effect: E,
): E {
  const isFine = ['share', 'kappa', 'probability', 'ratio'].includes(effect.unit);
  return roundedInterval(effect, isFine ? SHARE_DIGITS : OTHER_DIGITS);
}

function roundedInterval<E extends { value: number; low: number | null; high: number | null }>(
  one: E,
  digits: number,
): E {
  const to = (value: number) => Math.round(value * 10 ** digits) / 10 ** digits;
  return {
    ...one,
    value: to(one.value),
    low: one.low === null ? null : to(one.low),
    high: one.high === null ? null : to(one.high),
  };
}
