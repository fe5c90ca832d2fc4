import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn, JsonColumn, TextColumn } from '../../../database/columns.js';
import type { ScormStandard } from '../manifest.js';

/** An uploaded e-learning package; its files lie in the content folder under its checksum. */
@Entity('content_package')
@Index('uq_content_package_checksum', ['checksum'], { unique: true })
@Index('ix_content_package_person', ['uploadedByPersonId'])
export class ContentPackage {
  @PrimaryGeneratedColumn()
  id!: number;

  /** SHA-256 of the zip as it was uploaded, hex. */
  @TextColumn(64)
  checksum!: string;

  /** What the file was called on the uploader's machine. */
  @TextColumn(200)
  fileName!: string;

  @TextColumn(20)
  standard!: ScormStandard;

  @TextColumn(300)
  title!: string;

  /** JSON of the `PackageManifest`. */
  @JsonColumn()
  manifest!: string;

  /** Of all files, unpacked, in bytes. */
  @Column({ type: 'integer' })
  sizeBytes!: number;

  @Column({ type: 'integer' })
  fileCount!: number;

  @IdColumn()
  @ForeignKey('Person', { name: 'fk_content_package_person' })
  uploadedByPersonId!: number;

  @InstantColumn()
  createdAt!: Date;
}
