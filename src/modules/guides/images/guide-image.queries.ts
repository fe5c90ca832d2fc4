import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../common/domain-error.js';
import { decodeCursor, toPage, type Page } from '../../../common/pagination.js';
import { Database } from '../../../database/database.js';
import { fromJson, toInstant } from '../../../database/sql.js';
import type { ImageContent } from '../entities/guide-image.entity.js';
import { IMAGE_PATH } from '../text/render-markdown.rules.js';
import type { ImageType } from './image.rules.js';

/** An image as lists show it. */
export interface ImageRow {
  id: number;
  fileName: string;
  bytes: number;
  uploadedAt: string;
  path: string;
  /** What puts it into a text. */
  markdown: string;
}

/** Reads the images of guides. */
@Injectable()
export class GuideImageQueries {
  constructor(private readonly database: Database) {}

  /** A page of images, the last uploaded first. */
  async list(filter: { limit: number; cursor?: string | undefined }): Promise<Page<ImageRow>> {
    const [before] = decodeCursor(filter.cursor, ['number']) ?? [2_147_483_647];
    const rows = await this.database.select<
      Pick<ImageRow, 'id' | 'fileName' | 'bytes'> & { uploadedAt: string | Date }
    >('SELECT id, fileName, bytes, uploadedAt FROM guide_image WHERE id < ? ORDER BY id DESC LIMIT ?', [
      before,
      filter.limit + 1,
    ]);
    return toPage(rows.map(toRow), filter.limit, ({ id }) => [id]);
  }

  /** The bytes of an image. @throws DomainError `not_found` */
  async content(imageId: number): Promise<{ contentType: ImageType; content: Buffer }> {
    const row = await this.database.selectOne<{ contentType: ImageType; content: string | ImageContent }>(
      'SELECT contentType, content FROM guide_image WHERE id = ?',
      [imageId],
    );
    if (!row) throw new DomainError('not_found', 'not_found');
    const { base64 } = fromJson<ImageContent>(row.content);
    return { contentType: row.contentType, content: Buffer.from(base64, 'base64') };
  }
}

function toRow(row: Pick<ImageRow, 'id' | 'fileName' | 'bytes'> & { uploadedAt: string | Date }): ImageRow {
  const path = `${IMAGE_PATH}${row.id}`;
  const alt = row.fileName.replace(/\.\w+$/, '');
  return {
    ...row,
    uploadedAt: toInstant(row.uploadedAt).toISOString(),
    path,
    markdown: `![${alt}](${path})`,
  };
}
