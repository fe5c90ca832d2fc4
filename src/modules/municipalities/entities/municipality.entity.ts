import { Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, LocalDateColumn, TextColumn } from '../../../database/columns.js';

/** One of the 98 Danish municipalities. */
@Entity('municipality')
export class Municipality {
  /** The authority's three-digit code. */
  @PrimaryColumn({ type: 'varchar', length: '3' })
  code!: string;

  @TextColumn(60)
  name!: string;

  @TextColumn(120)
  nameSortKey!: string;

  /** The leader who gets what nobody else can take. */
  @IdColumn({ nullable: true })
  primaryLeaderId!: number | null;
}

/** The region a municipality lies in during a period. */
@Entity('municipality_region')
@Index('uq_municipality_region', ['municipalityCode', 'fromOn'], { unique: true })
export class MunicipalityRegion {
  @PrimaryGeneratedColumn()
  id!: number;

  @TextColumn(3)
  @ForeignKey('Municipality', { name: 'fk_municipality_region_municipality' })
  municipalityCode!: string;

  @TextColumn(40)
  region!: string;

  @LocalDateColumn()
  fromOn!: string;

  /** Last day, null while it lasts. */
  @LocalDateColumn({ nullable: true })
  toOn!: string | null;
}

/** A period in which a municipality takes part in DDH. */
@Entity('membership')
@Index('uq_membership', ['municipalityCode', 'fromOn'], { unique: true })
export class Membership {
  @PrimaryGeneratedColumn()
  id!: number;

  @TextColumn(3)
  @ForeignKey('Municipality', { name: 'fk_membership_municipality' })
  municipalityCode!: string;

  @LocalDateColumn()
  fromOn!: string;

  /** Last day, null while it lasts. */
  @LocalDateColumn({ nullable: true })
  toOn!: string | null;
}
