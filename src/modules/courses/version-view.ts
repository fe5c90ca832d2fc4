import type { CourseVersion } from './entities/course.entity.js';
import { launchWarnings, type LaunchWarning } from './launch.rules.js';

/** A version as its maker sees it. */
export interface VersionView {
  id: number;
  courseId: number;
  number: number;
  state: 'draft' | 'approved' | 'published';
  /** Null for a version that is a package. */
  launchUrl: string | null;
  /** Null for a version that is taken elsewhere. */
  packageId: number | null;
  /** Whether those who are through are asked to take it again. */
  isRetake: boolean;
  changeNote: string | null;
  /** What may be wrong although the address can be opened. */
  warnings: LaunchWarning[];
}

/** The version with what may be wrong with it. */
export function viewVersion(
  version: Pick<CourseVersion, Exclude<keyof VersionView, 'warnings'>>,
): VersionView {
  const { id, courseId, number, state, launchUrl, packageId, isRetake, changeNote } = version;
  const warnings = launchUrl === null ? [] : launchWarnings(launchUrl);
  return {
    id,
    courseId,
    number,
    state,
    launchUrl,
    packageId,
    isRetake,
    changeNote,
    warnings,
  };
}
