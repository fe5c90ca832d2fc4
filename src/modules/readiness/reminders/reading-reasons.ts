import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { Database } from '../../../database/database.js';
import { placeholders, toInstant } from '../../../database/sql.js';
import { MailReasons } from '../../notifications/index.js';
import { DIGEST_TEMPLATE } from './due-agents.queries.js';
import { LEADER_READING_TEMPLATE } from './leader-reading.mail.js';
import { openReading, type OpenReadingRow } from './open-reading.js';
import { ReminderHours } from './reminder-hours.js';

type ListedRow = Pick<OpenReadingRow, 'agentId' | 'versionId' | 'startsAt'>;

/**
 * Says before a mail about reading goes out whether everything in it is still so: nothing read meanwhile, no shift moved, nothing
 * withdrawn, still within the hours. If not, it is cancelled, and what remains is told in a new one.
 */
@Injectable()
export class ReadingReasons implements OnModuleInit {
  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly hours: ReminderHours,
    private readonly reasons: MailReasons,
  ) {}

  onModuleInit(): void {
    this.reasons.register(DIGEST_TEMPLATE, (_, key) => this.holds(key, 'mailId', 'startsAt'));
    this.reasons.register(LEADER_READING_TEMPLATE, (_, key) =>
      this.holds(key, 'leaderMailId', 'leaderStartsAt'),
    );
  }

  private async holds(
    dedupeKey: string | null,
    mailColumn: 'mailId' | 'leaderMailId',
    shiftColumn: 'startsAt' | 'leaderStartsAt',
  ): Promise<boolean> {
    if (!(await this.hours.allowMails())) return false;
    const listed = await this.database.select<ListedRow>(
      `SELECT n.agentId, n.versionId, n.${shiftColumn} AS startsAt
         FROM mail k JOIN reading_notice n ON n.${mailColumn} = k.id WHERE k.dedupeKey = ?`,
      [dedupeKey],
    );
    if (listed.length === 0) return false;
    const open = await this.openOf([...new Set(listed.map(({ agentId }) => agentId))]);
    return listed.every((row) => open.get(keyOf(row)) === toInstant(row.startsAt).getTime());
  }

  private async openOf(agentIds: readonly number[]): Promise<Map<string, number>> {
    const open = openReading(this.clock.now(), '', {
      sql: `q.agentId IN (${placeholders(agentIds)})`,
      values: agentIds,
    });
    const rows = await this.database.select<ListedRow>(
      `SELECT agentId, versionId, startsAt FROM ${open.sql}`,
      open.values,
    );
    return new Map(rows.map((row) => [keyOf(row), toInstant(row.startsAt).getTime()]));
  }
}

function keyOf({ agentId, versionId }: ListedRow): string {
  return `${agentId} ${versionId}`;
}
