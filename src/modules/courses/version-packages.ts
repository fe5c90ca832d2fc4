import { Injectable } from '@nestjs/common';
import { PackageQueries, PackageStore, type PackageRow } from '../packages/index.js';
import type { CourseVersionRow } from './course.queries.js';

/** A version with what is known of its package. */
export interface DescribedVersion extends CourseVersionRow {
  package: {
    title: string;
    fileName: string;
    standard: PackageRow['standard'];
    units: number;
    masteryScore: number | null;
    megabytes: number;
    fileCount: number;
    /** Whether its files are in the store; of a package that was lost nothing can be played. */
    isPresent: boolean;
  } | null;
}

const MEGABYTE = 1024 * 1024;

/** Tells of the packages of versions. */
@Injectable()
export class VersionPackages {
  constructor(
    private readonly packages: PackageQueries,
    private readonly store: PackageStore,
  ) {}

  /** The largest upload, in megabytes. */
  get largestUpload(): number {
    return Math.floor(this.store.limits.zipBytes / MEGABYTE);
  }

  /** The versions with their packages. */
  async describe(versions: readonly CourseVersionRow[]): Promise<DescribedVersion[]> {
    const ids = versions.map((version) => version.packageId).filter((packageId) => packageId !== null);
    const known = new Map((await this.packages.byIds(ids)).map((one) => [one.id, one]));
    return Promise.all(
      versions.map(async (version) => {
        const found = known.get(version.packageId ?? 0);
        return { ...version, package: found ? await this.view(found) : null };
      }),
    );
  }

  private async view(found: PackageRow): Promise<NonNullable<DescribedVersion['package']>> {
    const units = found.manifest.scos.filter((sco) => sco.kind === 'sco');
    return {
      title: found.title,
      fileName: found.fileName,
      standard: found.standard,
      units: units.length,
      masteryScore: units[0]?.masteryScore ?? null,
      megabytes: Math.max(1, Math.round(found.sizeBytes / MEGABYTE)),
      fileCount: found.fileCount,
      isPresent: await this.store.isPresent(found.checksum),
    };
  }
}
