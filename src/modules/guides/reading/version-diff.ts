import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../common/domain-error.js';
import type { GuideViewer } from '../guide-viewer.js';
import { lineChanges, type LineChange } from '../text/line-changes.rules.js';
import { markdownChanges } from '../text/markdown-changes.rules.js';
import { textLines } from '../text/text-lines.rules.js';
import type { TextPart } from '../text/text-parts.rules.js';
import { VersionQueries, type VersionNote, type WholeVersion } from './version.queries.js';

/** What was changed since an earlier version. */
export interface VersionDiff {
  guideId: number;
  number: number;
  /** The earlier version; null when there is nothing to compare with. */
  since: number | null;
  notes: VersionNote[];
  changes: TextPart[];
}

/** What a reader is told of the changes, as it is read rather than as it was typed. */
export interface ReadableDiff {
  since: number;
  notes: VersionNote[];
  /** Null when the text was written anew. */
  lines: LineChange[] | null;
}

/** Compares versions of a guide. */
@Injectable()
export class VersionDiffs {
  constructor(private readonly versions: VersionQueries) {}

  /**
   * The changes in the Markdown since a version; without one, since the last one the agent has read, for others since the one before.
   * @throws DomainError `not_found`, `diff_since_not_earlier`
   */
  async of(viewer: GuideViewer, guideId: number, number: number, asked?: number): Promise<VersionDiff> {
    const version = await this.versions.find(viewer, guideId, number);
    const since = await this.since(viewer, version, asked);
    const notes = await this.versions.notes(viewer, guideId, since ?? number - 1, number);
    if (since === null) return { guideId, number, since, notes, changes: [] };
    const before = await this.before(viewer, guideId, since);
    return { guideId, number, since, notes, changes: markdownChanges(before, version.body ?? '') };
  }

  /** The same for the page of a reader; null for somebody who has read nothing of it before. */
  async readable(viewer: GuideViewer, version: WholeVersion, asked?: number): Promise<ReadableDiff | null> {
    const { guideId, number } = version;
    const since = await this.since(viewer, version, asked);
    if (since === null) return null;
    const notes = await this.versions.notes(viewer, guideId, since, number);
    const before = await this.before(viewer, guideId, since);
    return { since, notes, lines: lineChanges(textLines(before), textLines(version.body ?? '')) };
  }

  private async since(viewer: GuideViewer, version: WholeVersion, asked?: number): Promise<number | null> {
    const { guideId, number } = version;
    if (asked !== undefined && asked >= number)
      throw new DomainError('diff_since_not_earlier', 'rule', {
        faults: [{ field: 'since', code: 'diff_since_not_earlier' }],
      });
    if (asked !== undefined) return asked;
    const { agentId } = viewer;
    const read = agentId === null ? null : await this.versions.lastRead(agentId, guideId, number);
    if (read !== null || !viewer.seesAll) return read;
    return this.versions.previous(viewer, guideId, number);
  }

  private async before(viewer: GuideViewer, guideId: number, since: number): Promise<string> {
    const text = await this.versions.text(viewer, guideId, since);
    if (text === undefined) throw new DomainError('not_found', 'not_found');
    return text;
  }
}
