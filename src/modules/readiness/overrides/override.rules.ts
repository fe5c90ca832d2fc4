/**
 * Why an agent may take a shift although something is missing. A list instead of free text, so that nobody writes about health
 * (decision "Fairness").
 */
export const OVERRIDE_REASONS = [
  'has_been_briefed',
  'sits_with_colleague',
  'has_read_elsewhere',
  'other_tasks_on_shift',
  'technical_obstacle',
  'shift_must_be_covered',
] as const;

/** Why an agent may take a shift although something is missing. */
export type OverrideReason = (typeof OVERRIDE_REASONS)[number];

/** The shift an override was made for. */
export interface OverriddenShift {
  agentId: number;
  startsAt: Date;
}

/** Whether an override counts for a shift: it was made for this agent and this start. */
export function counts(override: OverriddenShift, shift: OverriddenShift): boolean {
  return override.agentId === shift.agentId && override.startsAt.getTime() === shift.startsAt.getTime();
}

/** Why no override can be made; undefined when nothing is wrong. */
export function overrideFault(
  shift: { endsAt: Date; ready: boolean; isOverridden: boolean },
  now: Date,
): 'shift_over' | 'already_overridden' | 'already_ready' | undefined {
  if (shift.endsAt <= now) return 'shift_over';
  if (shift.isOverridden) return 'already_overridden';
  return shift.ready ? 'already_ready' : undefined;
}
