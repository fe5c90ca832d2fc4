import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../common/domain-error.js';
import type { PlanCovers } from '../entities/shift-plan.entity.js';
import { PlanStore, type StoredPlan } from '../import/files/plan-store.js';
import { PlanHeaders } from '../import/plan-headers.js';
import { mappingFaults } from '../import/shift-columns.rules.js';
import { ShiftImportService } from '../import/shift-import.service.js';

/** Makes an import of a file that nobody is there to say anything about. */
@Injectable()
export class IncomingPlan {
  constructor(
    private readonly store: PlanStore,
    private readonly headers: PlanHeaders,
    private readonly imports: ShiftImportService,
  ) {}

  /** @throws DomainError `shift_feed_columns` when somebody must first say what its columns mean; the import waits for that */
  async take(file: StoredPlan, path: string, covers: PlanCovers): Promise<void> {
    try {
      const head = await this.headers.of(file);
      const fileName = path.split('/').findLast((part) => part !== '') ?? 'vagtplan';
      await this.imports.take(
        { fileName, file, head, covers, source: 'feed', actorPersonId: null },
        { key: undefined, caller: 'feed', route: 'shift-plan', body: null },
      );
      const { header } = head;
      if (header && Object.keys(mappingFaults(header.mapping, header.examples)).length > 0)
        throw new DomainError('shift_feed_columns', 'rule');
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'shift_feed_columns') await this.drop(file);
      throw error;
    }
  }

  /** Lets go of a file that nobody needs. */
  drop({ storedAs }: StoredPlan): Promise<void> {
    return this.store.remove(storedAs);
  }
}
