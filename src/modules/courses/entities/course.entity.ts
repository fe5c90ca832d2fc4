import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn, TextColumn } from '../../../database/columns.js';
import type { CreditRule } from '../completion.rules.js';

/** Whom a course is for. */
export type CourseAudience = 'agent' | 'leader';

/** A track of e-learning. */
@Entity('course')
@Index('uq_course_code', ['code'], { unique: true })
export class Course {
  @PrimaryGeneratedColumn()
  id!: number;

  /** Lower case; what an e-learning host calls the course. */
  @TextColumn(60)
  code!: string;

  @TextColumn(150)
  title!: string;

  @TextColumn(10)
  audience!: CourseAudience;

  @TextColumn(40)
  creditRule!: CreditRule;

  @Column({ type: 'integer' })
  estimatedMinutes!: number;

  @Column({ type: 'boolean' })
  requiredBeforeFirstShift!: boolean;

  @InstantColumn()
  createdAt!: Date;
}

/** What a course consists of at a time. */
@Entity('course_version')
@Index('uq_course_version', ['courseId', 'number'], { unique: true })
export class CourseVersion {
  @PrimaryGeneratedColumn()
  id!: number;

  @IdColumn()
  @ForeignKey('Course', { name: 'fk_course_version_course' })
  courseId!: number;

  @Column({ type: 'integer' })
  number!: number;

  @TextColumn(10)
  state!: 'draft' | 'approved' | 'published';

  /** Where the e-learning is taken when a host elsewhere plays it; may hold `{reference}` and `{language}`. */
  @TextColumn(1000, { nullable: true })
  launchUrl!: string | null;

  /** The package that is played here; either this or an address. */
  @IdColumn({ nullable: true })
  packageId!: number | null;

  /** Whether those who are through are asked to take the course again; otherwise the change is minor. */
  @Column({ type: 'boolean' })
  isRetake!: boolean;

  @TextColumn(500, { nullable: true })
  changeNote!: string | null;

  @InstantColumn()
  createdAt!: Date;

  @InstantColumn({ nullable: true })
  publishedAt!: Date | null;
}
