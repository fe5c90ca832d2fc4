import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { localDateOf } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { selectRows } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import { OutboxService, type MailOrder } from '../notifications/index.js';
import { TaskService } from '../tasks/index.js';
import { leaderMailTaker, type MailTaker } from './leader-mail.rules.js';

/** A mail for a leader, whoever takes it in the end. */
export interface LeaderMail extends Omit<MailOrder, 'to'> {
  leaderId: number | null;
  municipalityCode: string;
  about: { type: string; id: number };
}

interface TakerRow {
  personId: number;
  firstName: string;
  lastName: string;
  email: string;
  language: string;
  deputyId: number | null;
  isInOffice: number;
  isAway: number;
}

/** Queues mails for leaders with whoever is there to read them. */
@Injectable()
export class LeaderMailService {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly outbox: OutboxService,
    private readonly tasks: TaskService,
  ) {}

  /** Queues the mail; when nobody is there to take it, it becomes a task for the secretariat. */
  async queue(tx: Tx, { leaderId, municipalityCode, ...order }: LeaderMail): Promise<void> {
    const [row] = await selectRows<{ primaryLeaderId: number | null }>(
      tx,
      'SELECT primaryLeaderId FROM municipality WHERE code = ?',
      [municipalityCode],
    );
    const firstId = row?.primaryLeaderId ?? null;
    const leader = await this.taker(tx, leaderId ?? firstId, municipalityCode);
    const deputy = await this.taker(tx, leader?.deputyId ?? null, municipalityCode);
    const first = await this.taker(tx, firstId, municipalityCode);
    const taken = leaderMailTaker(asTaker(leader), asTaker(deputy), asTaker(first));
    if (!taken) return this.openTask(tx, order, municipalityCode);
    const taker = [leader, deputy, first].find((one) => one?.personId === taken.personId)!;
    await this.outbox.queue(tx, {
      ...order,
      to: {
        personId: taker.personId,
        firstName: taker.firstName,
        address: taker.email,
        language: taker.language,
      },
      variables: {
        ...order.variables,
        insteadOf: taken.as !== 'leader' && leader ? `${leader.firstName} ${leader.lastName}` : null,
        asDeputy: taken.as === 'deputy',
      },
    });
  }

  private openTask(
    tx: Tx,
    order: Omit<LeaderMail, 'leaderId' | 'municipalityCode'>,
    municipalityCode: string,
  ) {
    return this.tasks.open(tx, {
      kind: 'leader_missing',
      subjectType: order.about.type,
      subjectId: order.about.id,
      municipalityCode,
      occasion: order.dedupeKey ?? `${order.template}:${localDateOf(this.clock.now(), this.env.TZ_NAME)}`,
    });
  }

  private async taker(
    tx: Tx,
    personId: number | null,
    municipalityCode: string,
  ): Promise<TakerRow | undefined> {
    if (personId === null) return undefined;
    const today = localDateOf(this.clock.now(), this.env.TZ_NAME);
    const [row] = await selectRows<TakerRow>(
      tx,
      `SELECT p.id AS personId, p.firstName, p.lastName, p.email, p.language, r.deputyId,
              CASE WHEN p.deactivatedAt IS NULL AND r.municipalityCode = ? THEN 1 ELSE 0 END AS isInOffice,
              CASE WHEN EXISTS (SELECT 1 FROM absence x WHERE x.personId = p.id AND x.fromOn <= ? AND x.toOn >= ?)
                   THEN 1 ELSE 0 END AS isAway
         FROM person p LEFT JOIN role_assignment r ON r.personId = p.id AND r.role = 'leader'
        WHERE p.id = ?`,
      [municipalityCode, today, today, personId],
    );
    return row;
  }
}

function asTaker(row: TakerRow | undefined): MailTaker | null {
  return row ? { personId: row.personId, isInOffice: row.isInOffice === 1, isAway: row.isAway === 1 } : null;
}
