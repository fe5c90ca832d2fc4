/** What one unit (SCO) says of a learner, or all of them together. */
export interface UnitStanding {
  completion: 'completed' | 'incomplete' | null;
  success: 'passed' | 'failed' | null;
  /** −1 to 1. */
  scoreScaled: number | null;
}

/** What nobody has said anything of. */
export const UNTOUCHED: UnitStanding = { completion: null, success: null, scoreScaled: null };

/**
 * What the units of a package say together. A package of one unit is what that unit says. Of several, all must be completed; one
 * that failed fails the whole, and the whole is passed when one unit says so and no other is left to say. SCORM 1.2 has no rule
 * for this; these are the defaults of SCORM 2004 (SN §4.6: all completed, all satisfied), where units without a result of their own do
 * not stand in the way.
 */
export function rollUp(units: readonly UnitStanding[]): UnitStanding {
  if (units.length === 1) return units[0]!;
  return { completion: completionOf(units), success: successOf(units), scoreScaled: meanScore(units) };
}

function completionOf(units: readonly UnitStanding[]): UnitStanding['completion'] {
  if (units.length > 0 && units.every((unit) => unit.completion === 'completed')) return 'completed';
  const isTouched = units.some((unit) => unit.completion ?? unit.success);
  return isTouched ? 'incomplete' : null;
}

function successOf(units: readonly UnitStanding[]): UnitStanding['success'] {
  if (units.some((unit) => unit.success === 'failed')) return 'failed';
  const isPassed = units.some((unit) => unit.success === 'passed');
  return isPassed && units.every((unit) => unit.success === 'passed' || unit.completion === 'completed')
    ? 'passed'
    : null;
}

function meanScore(units: readonly UnitStanding[]): number | null {
  const scores = units.map((unit) => unit.scoreScaled).filter((score) => score !== null);
  return scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

/** Whether two standings say the same. */
export function isSameStanding(a: UnitStanding, b: UnitStanding): boolean {
  return a.completion === b.completion && a.success === b.success && a.scoreScaled === b.scoreScaled;
}

/**
 * The best of two things a unit said: completed outlasts incomplete, passed outlasts failed, the higher score stays. Associative,
 * commutative and idempotent, so that neither order nor repetition matters.
 */
export function bestOf(a: UnitStanding, b: UnitStanding): UnitStanding {
  return {
    completion: firstSaid(['completed', 'incomplete'], a.completion, b.completion),
    success: firstSaid(['passed', 'failed'], a.success, b.success),
    scoreScaled:
      a.scoreScaled === null || b.scoreScaled === null
        ? (a.scoreScaled ?? b.scoreScaled)
        : Math.max(a.scoreScaled, b.scoreScaled),
  };
}

function firstSaid<T>(ranked: readonly T[], a: T | null, b: T | null): T | null {
  return ranked.find((word) => word === a || word === b) ?? null;
}
