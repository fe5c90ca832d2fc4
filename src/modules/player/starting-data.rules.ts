import type { Sco, ScormStandard } from '../packages/index.js';

/** SCORM's data model as an object, without the `cmi` around it. */
export type Cmi = Record<string, unknown>;

/** What a unit stored when it was last open. */
export interface StoredUnit {
  cmi: Cmi | null;
  /** Time in it so far. */
  seconds: number;
  /** Whether the content said goodbye itself. */
  isClosed: boolean;
}

/** For whom a unit is opened, and how. */
export interface UnitOpening {
  learnerId: string;
  /** Family name first, as SCORM has it. */
  learnerName: string;
  mode: 'normal' | 'review';
}

/**
 * What a unit finds when it is opened: what it stored, what the manifest says, who the learner is (SCORM 1.2 RTE §3.4.4, SCORM 2004 RTE
 * §4.2). It goes on where it was also when the tab was closed on it: what was saved last is better than nothing.
 */
export function startingData(
  standard: ScormStandard,
  sco: Sco,
  stored: StoredUnit | null,
  opening: UnitOpening,
): Cmi {
  return standard === 'scorm-1.2'
    ? startingData12(sco, stored, opening)
    : startingData2004(sco, stored, opening);
}

function startingData12(sco: Sco, stored: StoredUnit | null, opening: UnitOpening): Cmi {
  const kept = stored?.cmi ?? {};
  const core = asObject(kept['core']);
  return present({
    ...without(kept, ['core', 'student_data', 'launch_data']),
    core: present({
      ...without(core, ['exit', 'session_time', 'entry', 'total_time']),
      student_id: opening.learnerId,
      student_name: opening.learnerName,
      credit: opening.mode === 'normal' ? 'credit' : 'no-credit',
      lesson_mode: opening.mode,
      entry: entryOf(stored, core['exit']),
      total_time: timespan(stored?.seconds ?? 0),
    }),
    launch_data: sco.dataFromLms,
    student_data: present({
      mastery_score: sco.masteryScore === null ? null : String(sco.masteryScore),
      max_time_allowed: sco.maxTimeAllowed,
      time_limit_action: sco.timeLimitAction,
    }),
  });
}

function startingData2004(sco: Sco, stored: StoredUnit | null, opening: UnitOpening): Cmi {
  const kept = stored?.cmi ?? {};
  return present({
    ...without(kept, ['exit', 'session_time', 'entry', 'total_time']),
    objectives: stored?.cmi ? kept['objectives'] : seededObjectives(sco),
    learner_id: opening.learnerId,
    learner_name: opening.learnerName,
    credit: opening.mode === 'normal' ? 'credit' : 'no-credit',
    mode: opening.mode,
    entry: entryOf(stored, kept['exit']),
    total_time: duration(stored?.seconds ?? 0),
    launch_data: sco.dataFromLms,
    scaled_passing_score: sco.passingScore === null ? null : String(sco.passingScore),
    completion_threshold: sco.completionThreshold === null ? null : String(sco.completionThreshold),
    max_time_allowed: sco.maxTimeAllowed,
    time_limit_action: sco.timeLimitAction,
  });
}

/**
 * `resume` after `suspend`, and after an end that the content did not see coming if there is something to go on from: some content
 * fails on `resume` without any. `ab-initio` the first time.
 */
function entryOf(stored: StoredUnit | null, exit: unknown): string {
  if (!stored?.cmi) return 'ab-initio';
  return exit === 'suspend' || (!stored.isClosed && hasBookmark(stored.cmi)) ? 'resume' : '';
}

function hasBookmark(cmi: Cmi): boolean {
  return [cmi['suspend_data'], cmi['location'], asObject(cmi['core'])['lesson_location']].some(Boolean);
}

function seededObjectives(sco: Sco): Record<string, { id: string }> | null {
  if (sco.objectives.length === 0) return null;
  return Object.fromEntries(sco.objectives.map((id, index) => [String(index), { id }]));
}

/** `HHHH:MM:SS` (CMITimespan). */
function timespan(seconds: number): string {
  const whole = Math.min(Math.floor(seconds), 9999 * 3600);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return `${padded(hours, 4)}:${padded(minutes, 2)}:${padded(whole % 60, 2)}`;
}

function padded(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

/** `PT…S` (timeinterval, ISO 8601). */
function duration(seconds: number): string {
  return `PT${Math.floor(seconds)}S`;
}

function asObject(value: unknown): Cmi {
  return typeof value === 'object' && value !== null ? (value as Cmi) : {};
}

function without(given: Cmi, names: readonly string[]): Cmi {
  return Object.fromEntries(Object.entries(given).filter(([name]) => !names.includes(name)));
}

/** Without what is not there: the library takes texts and objects only. */
function present(given: Cmi): Cmi {
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== null && value !== undefined),
  );
}
