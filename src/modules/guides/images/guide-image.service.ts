import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { DomainError } from '../../../common/domain-error.js';
import { Idempotency, type IdempotentCall } from '../../../database/idempotency.js';
import { insertRow } from '../../../database/sql.js';
import { AuditService } from '../../audit/index.js';
import type { UploadedFile } from '../../imports/index.js';
import type { GuideImage } from '../entities/guide-image.entity.js';
import { imageFault, imageType } from './image.rules.js';

/** Keeps the images of guides in the database, where every server finds them and every backup has them. */
@Injectable()
export class GuideImageService {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly clock: Clock,
    private readonly audit: AuditService,
  ) {}

  /** @throws DomainError `image_refused` with what is wrong with the file */
  async add(
    image: UploadedFile | undefined,
    byPersonId: number,
    call: IdempotentCall,
  ): Promise<{ id: number }> {
    const code = image ? imageFault(image.content) : 'required';
    if (code) throw new DomainError('image_refused', 'rule', { faults: [{ field: 'file', code }] });
    const { fileName, content } = image!;
    return this.idempotency.run(call, async (tx) => {
      const id = await insertRow<GuideImage>(tx, 'guide_image', {
        fileName: nameOf(fileName),
        contentType: imageType(content)!,
        bytes: content.length,
        content: JSON.stringify({ base64: content.toString('base64') }),
        uploadedAt: this.clock.now(),
        uploadedByPersonId: byPersonId,
      });
      const entry = { actorPersonId: byPersonId, subjectType: 'guide_image', subjectId: id };
      await this.audit.record(tx, { ...entry, action: 'guide_image.uploaded' });
      return { id };
    });
  }
}

/** The name without folders and without what cannot be shown. */
function nameOf(fileName: string): string {
  const name = fileName.split(/[/\\]/).at(-1) ?? '';
  return (
    name
      .replace(/[\p{Cc}\p{Cs}[\]]/gu, '')
      .trim()
      .slice(0, 150) || 'billede'
  );
}
