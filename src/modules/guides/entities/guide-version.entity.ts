import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn, JsonColumn, TextColumn } from '../../../database/columns.js';
import type { AudienceKind, Urgency } from '../guides.rules.js';

/** A published text of a guide; never changed, only withdrawn. */
@Entity('guide_version')
@Index('uq_guide_version', ['guideId', 'number'], { unique: true })
@Index('ix_guide_version_spread', ['spreadAt'])
@Index('ix_guide_version_live', ['prunedAt', 'appliesUntil'])
@Index('ix_guide_version_announced', ['announcedAt'])
@Index('ix_guide_version_course', ['courseId'])
export class GuideVersion {
  @PrimaryGeneratedColumn()
  id!: number;

  @IdColumn()
  @ForeignKey('Guide', { name: 'fk_guide_version_guide' })
  guideId!: number;

  /** Counted from 1 within the guide. */
  @Column({ type: 'integer' })
  number!: number;

  @TextColumn(150)
  title!: string;

  /** What is new, in about three lines. */
  @TextColumn(600)
  changeNote!: string;

  /** Where the text stands, when it is not kept here. */
  @TextColumn(1000, { nullable: true })
  url!: string | null;

  /** The text as Markdown, when it is kept here. */
  @Column({ type: 'text', nullable: true })
  body!: string | null;

  /** The e-learning that is to be completed in place of reading. */
  @IdColumn({ nullable: true })
  @ForeignKey('Course', { name: 'fk_guide_version_course' })
  courseId!: number | null;

  /** JSON of `CheckQuestion[]`. */
  @JsonColumn({ nullable: true })
  questions!: string | null;

  /** Whoever has read the version before is not asked again. */
  @Column({ type: 'boolean' })
  isMinor!: boolean;

  @TextColumn(10)
  urgency!: Urgency;

  /** Estimated time to read it. */
  @Column({ type: 'integer' })
  minutes!: number;

  @TextColumn(15)
  audienceKind!: AudienceKind;

  @InstantColumn()
  effectiveFrom!: Date;

  @InstantColumn()
  publishedAt!: Date;

  @IdColumn()
  publishedByPersonId!: number;

  @InstantColumn({ nullable: true })
  withdrawnAt!: Date | null;

  /** A receipt of this number or a higher one answers for the version; kept by `GuideWindows`, as are the next two. */
  @Column({ type: 'integer' })
  answeredFrom!: number;

  /** Shifts that start from here on ask for it. */
  @InstantColumn()
  countsFrom!: Date;

  /** Shifts that start from here on do not; an end at or before `countsFrom` means that none ever did. */
  @InstantColumn({ nullable: true })
  appliesUntil!: Date | null;

  /** When all agents' requirements had been made after the last change; null while that is under way. */
  @InstantColumn({ nullable: true })
  spreadAt!: Date | null;

  /** The last agent whose requirement has been made. */
  @Column({ type: 'integer' })
  spreadUpTo!: number;

  /** When the requirements were removed, long after the version ended. */
  @InstantColumn({ nullable: true })
  prunedAt!: Date | null;

  /** When leaders had been told how much time to set aside. */
  @InstantColumn({ nullable: true })
  announcedAt!: Date | null;

  /** What a search looks in (`searchText`). */
  @Column({ type: 'text', nullable: true })
  searchText!: string | null;
}
