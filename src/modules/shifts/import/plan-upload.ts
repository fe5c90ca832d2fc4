import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../common/access/principal.js';
import { DomainError } from '../../../common/domain-error.js';
import { packageUpload } from '../../../common/http/package-upload.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import type { IdempotentCall } from '../../../database/idempotency.js';
import { PLAN_COVERS, type PlanCovers } from '../entities/shift-plan.entity.js';
import { PlanStore } from './files/plan-store.js';
import { PlanHeaders } from './plan-headers.js';
import { ShiftImportService } from './shift-import.service.js';

/** Takes in the file of a request. */
@Injectable()
export class PlanUpload {
  constructor(
    private readonly store: PlanStore,
    private readonly headers: PlanHeaders,
    private readonly imports: ShiftImportService,
  ) {}

  /**
   * Gives the id of the import.
   * @throws DomainError `file_missing`, and what `PlanStore.receive` and `PlanHeaders.of` throw
   */
  async take(request: AppRequest, principal: Principal, call: IdempotentCall): Promise<number> {
    const upload = packageUpload(request);
    if (!upload?.file) throw fileMissing();
    const { stream, fileName } = upload.file;
    if (fileName === '') {
      stream.resume();
      throw fileMissing();
    }
    const covers = coversOf(upload.fields['covers']);
    const file = await this.store.receive(stream as AsyncIterable<Buffer>);
    try {
      const head = await this.headers.of(file);
      const body = { checksum: file.checksum, covers };
      const { id, storedAs } = await this.imports.take(
        {
          fileName: shownName(fileName),
          file,
          head,
          covers,
          source: 'upload',
          actorPersonId: principal.personId,
        },
        { ...call, body },
      );
      if (storedAs !== file.storedAs) await this.store.remove(file.storedAs);
      return id;
    } catch (error) {
      await this.store.remove(file.storedAs);
      throw error;
    }
  }
}

/** A program sends the file as the body, which has no name. */
function shownName(name: string): string {
  return name === 'package.zip' ? 'upload' : name.replace(/\p{Cc}/gu, ' ');
}

function coversOf(value: unknown): PlanCovers {
  if (value === undefined) return 'municipalities';
  const known = PLAN_COVERS.find((covers) => covers === value);
  if (known) return known;
  throw new DomainError('invalid_input', 'malformed', {
    faults: [{ field: 'covers', code: 'invalid_choice' }],
  });
}

function fileMissing(): DomainError {
  return new DomainError('file_missing', 'malformed', { faults: [{ field: 'file', code: 'required' }] });
}
