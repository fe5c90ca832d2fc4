import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { localDateOf } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { selectRows } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import { LeaderMailService } from '../../identity/index.js';
import { OutboxService } from '../../notifications/index.js';
import type { LeaderMissing, MissingReading } from './leader-reading.queries.js';
import { NoticeWriter } from './notice-writer.js';
import { BOARD_PATH } from './reading-paths.js';

/** The template of the mail. */
export const LEADER_READING_TEMPLATE = 'reading-leader';

const MOST_LISTED = 50;

/** Tells a leader which agents have not read what their next shift asks for; once a day. */
@Injectable()
export class LeaderReadingMail {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly outbox: OutboxService,
    private readonly leaders: LeaderMailService,
    private readonly notices: NoticeWriter,
  ) {}

  /** Queues the mail, unless the leader has had today's, and notes what it tells. */
  async queue(tx: Tx, { municipalityCode, leaderId, missing }: LeaderMissing): Promise<void> {
    const dedupeKey = await this.freeKey(tx, municipalityCode, leaderId);
    if (dedupeKey === null) return;
    const order = await this.leaders.order(tx, {
      template: LEADER_READING_TEMPLATE,
      leaderId,
      municipalityCode,
      variables: this.variables(missing),
      dedupeKey,
      about: { type: 'agent', id: missing[0]!.agentId },
    });
    const mailId = order && (await this.outbox.queue(tx, order));
    const isTaken = order !== null && mailId === null;
    if (!isTaken) await this.notices.leaderTold(tx, missing, mailId);
  }

  /** Today's key for the leader; null when it is taken. What was cancelled because something had changed leaves it free. */
  private async freeKey(tx: Tx, municipalityCode: string, leaderId: number | null): Promise<string | null> {
    const today = localDateOf(this.clock.now(), this.env.TZ_NAME);
    const key = `${LEADER_READING_TEMPLATE}:${municipalityCode}:${leaderId ?? 0}:${today}`;
    const mails = await selectRows<{ state: string }>(tx, 'SELECT state FROM mail WHERE dedupeKey LIKE ?', [
      `${key}%`,
    ]);
    if (mails.some(({ state }) => state !== 'cancelled')) return null;
    return mails.length === 0 ? key : `${key}:${mails.length}`;
  }

  private variables(missing: readonly MissingReading[]): Record<string, unknown> {
    const agents = agentsOf(missing).map(({ agentId, ...agent }) => ({
      ...agent,
      url: `${this.env.PUBLIC_URL}/agenter/${agentId}`,
      isOne: agent.count === 1,
    }));
    return {
      agents: agents.slice(0, MOST_LISTED),
      count: agents.length,
      isOne: agents.length === 1,
      more: Math.max(0, agents.length - MOST_LISTED),
      url: `${this.env.PUBLIC_URL}${BOARD_PATH}`,
    };
  }
}

/** Each agent once, with the first shift and how many versions are missing; in the order given. */
function agentsOf(
  missing: readonly MissingReading[],
): { agentId: number; name: string; startsAt: Date; count: number }[] {
  const agents = new Map<number, { agentId: number; name: string; startsAt: Date; count: number }>();
  for (const { agentId, startsAt, firstName, lastName } of missing) {
    const agent = agents.get(agentId);
    if (agent) agent.count += 1;
    else agents.set(agentId, { agentId, name: `${firstName} ${lastName}`, startsAt, count: 1 });
  }
  return [...agents.values()];
}
