import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn, TextColumn } from '../../../database/columns.js';

/** Where a mail can stand. */
export const MAIL_STATES = ['queued', 'sending', 'sent', 'retrying', 'failed', 'cancelled'] as const;

/** Where a mail stands. */
export type MailState = (typeof MAIL_STATES)[number];

/** One mail to one receiver, rendered when it was decided on. */
@Entity('mail')
@Index('uq_mail_dedupe', ['dedupeKey'], { unique: true })
@Index('ix_mail_due', ['state', 'nextAttemptAt'])
@Index('ix_mail_about', ['aboutType', 'aboutId'])
@Index('ix_mail_receiver', ['toPersonId'])
export class Mail {
  @PrimaryGeneratedColumn()
  id!: number;

  @TextColumn(40)
  template!: string;

  @TextColumn(2)
  language!: string;

  @IdColumn({ nullable: true })
  toPersonId!: number | null;

  @TextColumn(254)
  toAddress!: string;

  @TextColumn(255)
  subject!: string;

  /** The rendered parts; a secret link stands in them as a mark until the mail is sent. */
  @Column({ type: 'text' })
  html!: string;

  @Column({ type: 'text' })
  text!: string;

  /** The secret links, encrypted; dropped once the mail is sent or cancelled. */
  @Column({ type: 'text', nullable: true })
  sealedLinks!: string | null;

  /** A calendar entry that goes with the mail (iCalendar with its method, RFC 6047). */
  @Column({ type: 'text', nullable: true })
  calendar!: string | null;

  /** Two orders with the same key make one mail. */
  @TextColumn(190, { nullable: true })
  dedupeKey!: string | null;

  /** What the mail is about, so that it can be found and cancelled. */
  @TextColumn(40, { nullable: true })
  aboutType!: string | null;

  @IdColumn({ nullable: true })
  aboutId!: number | null;

  @TextColumn(10)
  state!: MailState;

  @Column({ type: 'integer' })
  attempts!: number;

  /** When it is due; while it is being sent, when the sender's lease ends. */
  @InstantColumn()
  nextAttemptAt!: Date;

  /** The claim of the instance that is sending it. */
  @TextColumn(43, { nullable: true })
  leaseOwner!: string | null;

  @TextColumn(255, { nullable: true })
  lastError!: string | null;

  @InstantColumn()
  createdAt!: Date;

  @InstantColumn({ nullable: true })
  sentAt!: Date | null;

  /** When it came back although the mail server had taken it. */
  @InstantColumn({ nullable: true })
  bouncedAt!: Date | null;
}
