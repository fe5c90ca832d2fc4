import { Injectable } from '@nestjs/common';
import { DomainError } from '../../common/domain-error.js';
import type { StreamedFile } from '../../common/http/upload.guard.js';
import { Idempotency, type IdempotentCall } from '../../database/idempotency.js';
import { PackageService, PackageStore } from '../packages/index.js';
import { CourseQueries } from './course.queries.js';
import { CourseService } from './course.service.js';
import type { VersionView } from './version-view.js';

/** What is told of an uploaded version beside the file. */
export interface PackageVersion {
  changeNote?: string | undefined;
  isRetake: boolean;
}

/** Takes an uploaded package in as a new draft of a course. */
@Injectable()
export class PackageVersionService {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly queries: CourseQueries,
    private readonly courses: CourseService,
    private readonly store: PackageStore,
    private readonly packages: PackageService,
  ) {}

  /**
   * Receives, checks and unpacks the file, then writes the draft. A package that is refused leaves nothing behind.
   * @throws DomainError `not_found`, `file_missing`, and what `PackageStore` refuses
   */
  async add(
    courseId: number,
    file: StreamedFile | undefined,
    version: PackageVersion,
    actorPersonId: number,
    call: IdempotentCall,
  ): Promise<VersionView> {
    if (!(await this.queries.find(courseId))) throw new DomainError('not_found', 'not_found');
    if (!file || file.fileName === '')
      throw new DomainError('file_missing', 'malformed', {
        faults: [{ field: 'file', code: 'file_missing' }],
      });
    const unpacked = await this.store.unpack(await this.store.receive(file.stream, file.fileName));
    // The same request again brings the same file, which is told by its checksum.
    const told = { ...call, body: { ...version, checksum: unpacked.checksum } };
    return this.idempotency.run(told, async (tx) => {
      const packageId = await this.packages.take(tx, unpacked, file.fileName, actorPersonId);
      return this.courses.addVersionWithin(tx, courseId, { ...version, packageId }, actorPersonId);
    });
  }
}
