import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn, JsonColumn, TextColumn } from '../../../database/columns.js';
import type { ImageType } from '../images/image.rules.js';

/** An image that stands in guides; never changed, so that what was published stays as it was. */
@Entity('guide_image')
export class GuideImage {
  @PrimaryGeneratedColumn()
  id!: number;

  @TextColumn(150)
  fileName!: string;

  /** What its first bytes say, not what was claimed. */
  @TextColumn(20)
  contentType!: ImageType;

  /** Its size. */
  @Column({ type: 'integer' })
  bytes!: number;

  /** JSON of `ImageContent`: of the types that both databases share, the only one that takes as much. */
  @JsonColumn()
  content!: string;

  @InstantColumn()
  uploadedAt!: Date;

  @IdColumn()
  uploadedByPersonId!: number;
}

/** The bytes of an image as they are stored. */
export interface ImageContent {
  base64: string;
}
