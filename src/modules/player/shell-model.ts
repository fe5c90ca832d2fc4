import type { OpenLaunch } from './launch.queries.js';
import type { UnitStanding } from './rollup.rules.js';
import { startingData, type Cmi, type StoredUnit } from './starting-data.rules.js';
import { countedUnits, firstUnit } from './units.rules.js';

/** A unit as the player's menu shows it. */
export interface ShellUnit {
  index: number;
  title: string;
  url: string;
  depth: number;
  isCompleted: boolean;
  /** What its content finds in the data model. */
  cmi: Cmi;
}

/** What the player's page needs. */
export interface ShellModel {
  title: string;
  language: string;
  launchId: number;
  isTrial: boolean;
  isReview: boolean;
  /** `Scorm12API` or `Scorm2004API` of scorm-again. */
  standard: '1.2' | '2004';
  units: ShellUnit[];
  /** The unit that is opened, by its place in the manifest. */
  first: number;
  commitUrl: string;
  endUrl: string;
  /** Where the learner goes afterwards. */
  backUrl: string;
  /** Where a sign-in that is over is renewed, while the player stays open. */
  renewUrl: string;
}

/** Puts the player's page together from a launch and what its units have stored. */
export function shellModel(
  launch: OpenLaunch,
  stored: ReadonlyMap<number, StoredUnit & UnitStanding>,
  { publicUrl, token, filesPath }: { publicUrl: string; token: string; filesPath: string },
): ShellModel {
  const { manifest } = launch.package;
  const counted = countedUnits(manifest);
  const isCompleted = (index: number) => stored.get(index)?.completion === 'completed';
  const { personId, firstName, lastName, language } = launch.learner;
  const back =
    launch.enrolmentId === null ? `/e-laering/forsoeg/${launch.attemptId}` : `/laer/${launch.enrolmentId}`;
  return {
    title: launch.courseTitle,
    language,
    launchId: launch.id,
    isTrial: launch.mode === 'trial',
    isReview: launch.mode === 'review',
    standard: manifest.standard === 'scorm-1.2' ? '1.2' : '2004',
    units: counted.map((index) => {
      const sco = manifest.scos[index]!;
      const opening = {
        learnerId: String(personId),
        learnerName: `${lastName}, ${firstName}`,
        // A version that is tried should do all it will do for a learner.
        mode: launch.mode === 'trial' ? ('normal' as const) : launch.mode,
      };
      return {
        index,
        title: sco.title,
        url: filesPath + sco.href,
        depth: sco.depth,
        isCompleted: isCompleted(index),
        cmi: startingData(manifest.standard, sco, stored.get(index) ?? null, opening),
      };
    }),
    first: firstUnit(counted, isCompleted),
    commitUrl: `/laer/${token}/gem`,
    endUrl: `/laer/${token}/slut`,
    backUrl: publicUrl + back,
    renewUrl: `${publicUrl}${back}?genoptag=${launch.id}`,
  };
}
