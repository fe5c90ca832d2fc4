import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { DomainError } from '../../common/domain-error.js';
import { Database } from '../../database/database.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { SavedReport } from './entities/saved-report.entity.js';

const MOST = 50;

/** A report as its owner finds it again. */
export interface SavedReportRow {
  id: number;
  name: string;
  query: string;
}

/** Keeps reports under a name; each person sees the own ones. */
@Injectable()
export class SavedReportService {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** The person's reports, by name. */
  list(personId: number): Promise<SavedReportRow[]> {
    return this.database.select<SavedReportRow>(
      'SELECT id, name, query FROM saved_report WHERE personId = ? ORDER BY name, id',
      [personId],
    );
  }

  /** @throws DomainError `too_many_saved_reports` */
  async save(personId: number, name: string, query: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      if ((await tx.countBy(SavedReport, { personId })) >= MOST)
        throw new DomainError('too_many_saved_reports', 'conflict', { args: { maximum: MOST } });
      await tx.insert(SavedReport, { personId, name, query, createdAt: this.clock.now() });
    });
  }

  /** @throws DomainError `not_found` */
  async remove(personId: number, reportId: number): Promise<void> {
    const { affected } = await this.unitOfWork.run((tx) =>
      tx.delete(SavedReport, { id: reportId, personId }),
    );
    if (affected !== 1) throw new DomainError('not_found', 'not_found');
  }
}
