import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../common/clock.js';
import { localDateOf } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { selectRows, type SqlValue } from '../../database/sql.js';
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

/** Who takes a leader's mail, and in whose place. */
export interface LeaderMailReceiver {
  to: MailOrder['to'] & { personId: number };
  name: string;
  insteadOf: string | null;
  asDeputy: boolean;
}

interface TakerRow {
  personId: number;
  firstName: string;
  lastName: string;
  email: string;
  language: string;
  deputyId: number | null;
  primaryLeaderId: number | null;
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
  async queue(tx: Tx, mail: LeaderMail): Promise<void> {
    const order = await this.order(tx, mail);
    if (order) await this.outbox.queue(tx, order);
  }

  /** The mail with whoever takes it, to be queued with others; null when it became a task instead. */
  async order(tx: Tx, { leaderId, municipalityCode, ...mail }: LeaderMail): Promise<MailOrder | null> {
    const taken = await this.receiver(tx, leaderId, municipalityCode);
    if (taken) {
      const { to, insteadOf, asDeputy } = taken;
      return { ...mail, to, variables: { ...mail.variables, insteadOf, asDeputy } };
    }
    await this.openTask(tx, mail, municipalityCode);
    return null;
  }

  /** Who would get a mail for the leader, or for the first leader when none is named; null when nobody is there. Writes nothing. */
  async receiver(
    source: EntityManager,
    leaderId: number | null,
    municipalityCode: string,
  ): Promise<LeaderMailReceiver | null> {
    const takers = await this.takers(source, leaderId, municipalityCode);
    const [row] = takers;
    const byId = (personId: number | null | undefined) => takers.find((one) => one.personId === personId);
    const first = byId(row?.primaryLeaderId);
    const leader = leaderId === null ? first : byId(leaderId);
    const taken = leaderMailTaker(asTaker(leader), asTaker(byId(leader?.deputyId)), asTaker(first));
    if (!taken) return null;
    const { personId, firstName, lastName, email, language } = byId(taken.personId)!;
    return {
      to: { personId, firstName, address: email, language },
      name: `${firstName} ${lastName}`,
      insteadOf: taken.as !== 'leader' && leader ? `${leader.firstName} ${leader.lastName}` : null,
      asDeputy: taken.as === 'deputy',
    };
  }

  private openTask(
    tx: Tx,
    mail: Omit<LeaderMail, 'leaderId' | 'municipalityCode'>,
    municipalityCode: string,
  ): Promise<void> {
    return this.tasks.open(tx, {
      kind: 'leader_missing',
      subjectType: mail.about.type,
      subjectId: mail.about.id,
      municipalityCode,
      occasion: mail.dedupeKey ?? `${mail.template}:${localDateOf(this.clock.now(), this.env.TZ_NAME)}`,
    });
  }

  /** The leader alone when there to read it, as nearly always; else everyone who may come in, in one more look. */
  private async takers(
    source: EntityManager,
    leaderId: number | null,
    municipalityCode: string,
  ): Promise<TakerRow[]> {
    if (leaderId !== null) {
      const leader = await this.look(source, 'SELECT ? AS id', [leaderId], municipalityCode);
      if (leader[0]?.isInOffice === 1 && leader[0].isAway === 0) return leader;
    }
    const known = leaderId ?? 0;
    return this.look(
      source,
      CANDIDATES,
      [known, municipalityCode, known, municipalityCode],
      municipalityCode,
    );
  }

  /** What is known of those whose keys a query gives, as readers of mail for the municipality. */
  private look(
    source: EntityManager,
    keys: string,
    values: SqlValue[],
    municipalityCode: string,
  ): Promise<TakerRow[]> {
    const today = localDateOf(this.clock.now(), this.env.TZ_NAME);
    return selectRows<TakerRow>(
      source,
      `SELECT p.id AS personId, p.firstName, p.lastName, p.email, p.language, r.deputyId, u.primaryLeaderId,
              CASE WHEN p.deactivatedAt IS NULL AND r.municipalityCode = u.code THEN 1 ELSE 0 END AS isInOffice,
              CASE WHEN EXISTS (SELECT 1 FROM absence x WHERE x.personId = p.id AND x.fromOn <= ? AND x.toOn >= ?)
                   THEN 1 ELSE 0 END AS isAway
         FROM (${keys}) k
         JOIN person p ON p.id = k.id
         JOIN municipality u ON u.code = ?
         LEFT JOIN role_assignment r ON r.personId = p.id AND r.role = 'leader'`,
      [today, today, ...values, municipalityCode],
    );
  }
}

/**
 * The leader, the leader's deputy, the municipality's first leader and the deputy of that one. Their keys are gathered first: with
 * alternatives in the condition of a join MariaDB would read every person.
 */
const CANDIDATES = `SELECT ? AS id
  UNION SELECT primaryLeaderId FROM municipality WHERE code = ?
  UNION SELECT deputyId FROM role_assignment WHERE role = 'leader' AND personId = ?
  UNION SELECT d.deputyId FROM municipality m JOIN role_assignment d ON d.role = 'leader' AND d.personId = m.primaryLeaderId
         WHERE m.code = ?`;

function asTaker(row: TakerRow | undefined): MailTaker | null {
  return row ? { personId: row.personId, isInOffice: row.isInOffice === 1, isAway: row.isAway === 1 } : null;
}
