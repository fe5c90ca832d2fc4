import { Entity, ForeignKey, PrimaryColumn, VersionColumn } from 'typeorm';
import { IdColumn, InstantColumn, LocalDateColumn } from '../../../database/columns.js';

/** What was agreed with a municipality about figures on its agents; without it none are kept. */
@Entity('figures_agreement')
export class FiguresAgreement {
  @PrimaryColumn({ type: 'varchar', length: '3' })
  @ForeignKey('Municipality', { name: 'fk_figures_agreement_municipality' })
  municipalityCode!: string;

  @LocalDateColumn()
  signedOn!: string;

  /** The first day on which figures on single agents are kept: the employees have been told by then. */
  @LocalDateColumn()
  figuresFrom!: string;

  @IdColumn()
  @ForeignKey('Person', { name: 'fk_figures_agreement_person' })
  byPersonId!: number;

  /** When it was noted as it is now. */
  @InstantColumn()
  createdAt!: Date;

  @VersionColumn()
  version!: number;
}
