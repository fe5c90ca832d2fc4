import type { CourseVersion } from './entities/course.entity.js';
import { launchWarnings, type LaunchWarning } from './launch.rules.js';

/** A version as its maker sees it. */
export interface VersionView {
  id: number;
  courseId: number;
  number: number;
  state: 'draft' | 'approved' | 'published';
  launchUrl: string;
  changeNote: string | null;
  /** What may be wrong although the address can be opened. */
  warnings: LaunchWarning[];
}

/** The version with what may be wrong with it. */
export function viewVersion(
  version: Pick<CourseVersion, Exclude<keyof VersionView, 'warnings'>>,
): VersionView {
  const { id, courseId, number, state, launchUrl, changeNote } = version;
  return { id, courseId, number, state, launchUrl, changeNote, warnings: launchWarnings(launchUrl) };
}
