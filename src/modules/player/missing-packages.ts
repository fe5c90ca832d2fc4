import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { TaskService } from '../tasks/index.js';

/** Tells the secretariat of a package whose files are gone. */
@Injectable()
export class MissingPackages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly tasks: TaskService,
  ) {}

  /** Opens a task, once a day for a version. */
  async report(versionId: number): Promise<void> {
    await this.unitOfWork.run((tx) =>
      this.tasks.open(tx, {
        kind: 'package_missing',
        subjectType: 'course_version',
        subjectId: versionId,
        municipalityCode: null,
        occasion: this.clock.now().toISOString().slice(0, 10),
      }),
    );
  }
}
