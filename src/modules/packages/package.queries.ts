import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { fromJson, placeholders, toInstant } from '../../database/sql.js';
import type { PackageManifest, ScormStandard } from './manifest.js';

/** A package as it was taken in. */
export interface PackageRow {
  id: number;
  /** Its name in the store. */
  checksum: string;
  fileName: string;
  standard: ScormStandard;
  title: string;
  manifest: PackageManifest;
  sizeBytes: number;
  fileCount: number;
  uploadedByPersonId: number;
  createdAt: string;
}

type Raw = Omit<PackageRow, 'manifest' | 'createdAt'> & {
  manifest: string | PackageManifest;
  createdAt: string | Date;
};

const PACKAGE = `SELECT id, checksum, fileName, standard, title, manifest, sizeBytes, fileCount, uploadedByPersonId, createdAt
  FROM content_package`;

/** Reads packages. They hold the same for everyone; who may see one is decided by the course it belongs to. */
@Injectable()
export class PackageQueries {
  constructor(private readonly database: Database) {}

  /** The package, if there is one with that id. */
  async find(id: number): Promise<PackageRow | undefined> {
    return (await this.byIds([id]))[0];
  }

  /** Those of the packages that exist, by id. */
  async byIds(ids: readonly number[]): Promise<PackageRow[]> {
    if (ids.length === 0) return [];
    const rows = await this.database.select<Raw>(
      `${PACKAGE} WHERE id IN (${placeholders(ids)}) ORDER BY id`,
      ids,
    );
    return rows.map((row) => ({
      ...row,
      manifest: fromJson<PackageManifest>(row.manifest),
      createdAt: toInstant(row.createdAt).toISOString(),
    }));
  }
}
