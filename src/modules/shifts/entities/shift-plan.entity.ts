import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn, TextColumn } from '../../../database/columns.js';

/** Whose shifts a file speaks about: those of the agents in it, or those of all agents of their municipalities. */
export const PLAN_COVERS = ['agents', 'municipalities'] as const;

/** Whose shifts a file speaks about. */
export type PlanCovers = (typeof PLAN_COVERS)[number];

/** The shift plan as a whole; there is one row, with the key 1. */
@Entity('shift_plan')
export class ShiftPlan {
  @PrimaryGeneratedColumn()
  id!: number;

  /** When an import, a fetch or an edit last brought the plan up to date. */
  @InstantColumn({ nullable: true })
  updatedAt!: Date | null;

  /** When an import was last written: what was compared before that is outdated. */
  @InstantColumn({ nullable: true })
  importedAt!: Date | null;

  /** Where the plan is fetched from; null when nothing is fetched. */
  @TextColumn(1000, { nullable: true })
  url!: string | null;

  /** The bearer token, encrypted. */
  @Column({ type: 'text', nullable: true })
  sealedToken!: string | null;

  @TextColumn(15)
  covers!: PlanCovers;

  @IdColumn({ nullable: true })
  setByPersonId!: number | null;

  @InstantColumn({ nullable: true })
  fetchedAt!: Date | null;

  /** SHA-256 of the file that was last applied, hex. */
  @TextColumn(64, { nullable: true })
  appliedChecksum!: string | null;

  /** Since when fetching fails; null while it works. */
  @InstantColumn({ nullable: true })
  failedSince!: Date | null;

  /** Why, as a code of the catalogue. */
  @TextColumn(60, { nullable: true })
  failure!: string | null;

  @Column({ type: 'integer' })
  version!: number;
}
