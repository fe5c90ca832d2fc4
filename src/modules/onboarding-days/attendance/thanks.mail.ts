import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import type { LocalDate } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { Database } from '../../../database/database.js';
import { selectRows, toInstant } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import { LinkService } from '../../identity/index.js';
import { MailReasons, nextOfficeInstant, OutboxService } from '../../notifications/index.js';

interface Thanked {
  attendanceId: number;
  personId: number;
  firstName: string;
  email: string;
  language: string;
  on: LocalDate;
  endsAt: string | Date;
}

const TEMPLATE = 'onboarding-thanks';
/** Employed, and still said to have taken part. */
const THANKED = `FROM attendance t JOIN onboarding_day d ON d.id = t.dayId JOIN agent a ON a.id = t.agentId
    JOIN person p ON p.id = a.personId JOIN employment m ON m.openAgentId = a.id
   WHERE t.id = ? AND t.mustAttendAgain = 0`;

/** Thanks those who took part, with the next step, once the day is over. */
@Injectable()
export class ThanksMail implements OnModuleInit {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly outbox: OutboxService,
    private readonly links: LinkService,
    private readonly reasons: MailReasons,
  ) {}

  onModuleInit(): void {
    this.reasons.register(TEMPLATE, async (attendanceId) =>
      Boolean(await this.database.selectOne(`SELECT t.id ${THANKED}`, [attendanceId])),
    );
  }

  /** Queues it, once for each day; not for what lies so far back that it is only being written down now. */
  async queue(tx: Tx, attendanceId: number): Promise<void> {
    const [row] = await selectRows<Thanked>(
      tx,
      `SELECT t.id AS attendanceId, p.id AS personId, p.firstName, p.email, p.language, d.onDate AS \`on\`, d.endsAt ${THANKED}
          AND NOT EXISTS (SELECT 1 FROM mail w WHERE w.dedupeKey = CONCAT('${TEMPLATE}:', t.id))`,
      [attendanceId],
    );
    const now = this.clock.now();
    if (!row || toInstant(row.endsAt).getTime() < now.getTime() - LATEST_MS) return;
    const over = toInstant(row.endsAt) > now ? toInstant(row.endsAt) : now;
    await this.outbox.queue(tx, {
      template: TEMPLATE,
      to: { personId: row.personId, firstName: row.firstName, address: row.email, language: row.language },
      variables: { on: row.on },
      secretLinks: { link: await this.links.issue(tx, row.personId, 'personal', over) },
      dedupeKey: `${TEMPLATE}:${attendanceId}`,
      about: { type: 'attendance', id: attendanceId },
      notBefore: nextOfficeInstant(over, this.env.TZ_NAME),
    });
  }
}

const LATEST_MS = 14 * 86_400_000;
