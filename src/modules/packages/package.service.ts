import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { insertRow, isUniqueViolation, lockClause, selectRows } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import { AuditService } from '../audit/index.js';
import type { ContentPackage } from './entities/content-package.entity.js';
import type { UnpackedPackage } from './package-store.js';

const LONGEST_FILE_NAME = 200;

/** Takes unpacked packages into the database. */
@Injectable()
export class PackageService {
  constructor(
    private readonly clock: Clock,
    private readonly audit: AuditService,
  ) {}

  /**
   * Notes an unpacked package inside the caller's unit of work and gives its id; the same zip uploaded again is the same package,
   * under the name it had first.
   */
  async take(tx: Tx, unpacked: UnpackedPackage, fileName: string, actorPersonId: number): Promise<number> {
    const id = await this.insertOrFind(tx, unpacked, fileName, actorPersonId);
    await this.audit.record(tx, {
      actorPersonId,
      action: 'package.uploaded',
      subjectType: 'content_package',
      subjectId: id,
    });
    return id;
  }

  private async insertOrFind(
    tx: Tx,
    unpacked: UnpackedPackage,
    fileName: string,
    actorPersonId: number,
  ): Promise<number> {
    try {
      return await insertRow<ContentPackage>(tx, 'content_package', {
        checksum: unpacked.checksum,
        fileName: Array.from(fileName).slice(0, LONGEST_FILE_NAME).join(''),
        standard: unpacked.manifest.standard,
        title: unpacked.manifest.title,
        manifest: JSON.stringify(unpacked.manifest),
        sizeBytes: unpacked.sizeBytes,
        fileCount: unpacked.fileCount,
        uploadedByPersonId: actorPersonId,
        createdAt: this.clock.now(),
      });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      // Locked, so that the row is seen although another unit of work has only just written it.
      const [row] = await selectRows<{ id: number }>(
        tx,
        `SELECT id FROM content_package WHERE checksum = ?${lockClause(tx)}`,
        [unpacked.checksum],
      );
      return row!.id;
    }
  }
}
