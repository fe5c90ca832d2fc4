import type { ScormStandard } from '../packages/index.js';
import {
  scaledScore,
  scorm12Status,
  scorm2004Status,
  secondsOfDuration,
  secondsOfTimespan,
} from '../tracking/index.js';
import type { UnitStanding } from './rollup.rules.js';
import type { Cmi } from './starting-data.rules.js';

/** What the player sent of one unit. */
export interface PlayerCommit {
  scoIndex: number;
  /** The player's clock in milliseconds, always growing within a launch. */
  sequence: number;
  /** The content said goodbye. */
  isFinal: boolean;
  /** The data model without what was too long to be sent while leaving; the rest stays as it was. */
  isPartial: boolean;
  cmi: Cmi;
  /** As scorm-again has evaluated them against threshold and passing score (SCORM 2004 RTE §4.2.4.1, §4.2.22.1). */
  completionStatus: string;
  successStatus: string;
}

/** What a commit says. */
export interface ReadCommit extends UnitStanding {
  /** Time in the unit during this launch, as the content counts it; null when it does not. */
  seconds: number | null;
  /** Where the learner is, as the content calls it. */
  place: string | null;
}

const PLACE_LENGTH = 1000;

/** Reads what a unit says of itself (elearning mapping: SCORM 1.2 `lesson_status`, SCORM 2004 two independent statuses). */
export function readCommit(standard: ScormStandard, commit: PlayerCommit): ReadCommit {
  return standard === 'scorm-1.2' ? read12(commit) : read2004(commit);
}

function read12({ cmi, isFinal }: PlayerCommit): ReadCommit {
  const core = asObject(cmi['core']);
  return {
    ...scorm12Status(status12(core['lesson_status'], isFinal)),
    scoreScaled: scaledScore(asObject(core['score'])),
    seconds: secondsOfTimespan(core['session_time']),
    place: placeOf(core['lesson_location']),
  };
}

/** A unit that says goodbye and never told how far the learner is has been gone through (SCORM 1.2 RTE §3.4.4, `cmi.core.lesson_status`). */
function status12(status: unknown, isFinal: boolean): unknown {
  return isFinal && status === 'not attempted' ? 'completed' : status;
}

function read2004({ cmi, completionStatus, successStatus }: PlayerCommit): ReadCommit {
  return {
    ...scorm2004Status(completionStatus, successStatus),
    scoreScaled: scaledScore(asObject(cmi['score'])),
    seconds: secondsOfDuration(cmi['session_time']),
    place: placeOf(cmi['location']),
  };
}

/** The data model to keep: a partial one leaves the rest as it was. */
export function keptCmi(stored: Cmi | null, commit: Pick<PlayerCommit, 'cmi' | 'isPartial'>): Cmi {
  return commit.isPartial && stored ? { ...stored, ...commit.cmi } : commit.cmi;
}

/** Whether a message comes after what is stored: by launch, then by sequence. */
export function isNewer(
  message: { launchId: number; sequence: number },
  stored: { launchId: number; sequence: number },
): boolean {
  return (
    message.launchId > stored.launchId ||
    (message.launchId === stored.launchId && message.sequence > stored.sequence)
  );
}

function placeOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value.slice(0, PLACE_LENGTH) : null;
}

function asObject(value: unknown): Cmi {
  return typeof value === 'object' && value !== null ? (value as Cmi) : {};
}
