/** The standards a package may follow. The 2nd edition of SCORM 2004 (CAM 1.3) counts as the 3rd, which reads the same manifest. */
export const SCORM_STANDARDS = ['scorm-1.2', 'scorm-2004-3', 'scorm-2004-4'] as const;

/** One of them. */
export type ScormStandard = (typeof SCORM_STANDARDS)[number];

/** A part of a package that can be launched. */
export interface Sco {
  /** The identifier of its item, unique in the package. */
  id: string;
  title: string;
  /** Address within the package, percent-encoded, with query and fragment; never outside. */
  href: string;
  /** The file that address names, decoded. */
  path: string;
  /** An asset is shown only; it never talks to the player. */
  kind: 'sco' | 'asset';
  isVisible: boolean;
  /** 0 for an item directly below the organization. */
  depth: number;
  /** SCORM 1.2 `adlcp:masteryscore`, 0 to 100. */
  masteryScore: number | null;
  /** SCORM 2004 `cmi.scaled_passing_score`, -1 to 1; only where the primary objective is satisfied by measure. */
  passingScore: number | null;
  /** SCORM 2004 `cmi.completion_threshold`, 0 to 1. */
  completionThreshold: number | null;
  dataFromLms: string | null;
  /** SCORM 1.2: `HHHH:MM:SS.SS`; SCORM 2004: an ISO 8601 duration. */
  maxTimeAllowed: string | null;
  timeLimitAction: string | null;
  /** SCORM 2004: the primary objective's id, if it has one, then the others'. */
  objectives: string[];
}

/** What a player must know of an `imsmanifest.xml`. */
export interface PackageManifest {
  standard: ScormStandard;
  title: string;
  /** In the order of the organization; at least one is of the kind `sco`. */
  scos: Sco[];
}
