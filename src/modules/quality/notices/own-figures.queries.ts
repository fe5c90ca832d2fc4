import { Injectable } from '@nestjs/common';
import { Database } from '../../../database/database.js';
import { toInstantOrNull } from '../../../database/sql.js';
import type { Month } from '../month.rules.js';
import type { MonthFigure } from '../streak.rules.js';
import type { CaseState } from './case-state.rules.js';

/** So many months are shown; older ones are not kept either. */
const MOST_MONTHS = 24;

/** A figure of the agent who looks. */
export interface OwnFigure extends MonthFigure {
  month: Month;
  /** When somebody last put it right; null when nobody has. */
  correctedAt: Date | null;
}

/** Where a notice about the agent stands, as far as the agent has been told. */
export interface OwnNotice {
  state: Extract<CaseState, 'with_agent' | 'held' | 'notified'>;
  streakFrom: Month;
  streakTo: Month;
  leaderNoticeAt: Date | null;
  leaderToldAt: Date | null;
}

type FigureRow = Omit<OwnFigure, 'correctedAt'> & { correctedAt: string | Date | null };
type NoticeRow = Omit<OwnNotice, 'leaderNoticeAt' | 'leaderToldAt'> & {
  leaderNoticeAt: string | Date | null;
  leaderToldAt: string | Date | null;
};

/** Reads an agent's own figures. */
@Injectable()
export class OwnFigures {
  constructor(private readonly database: Database) {}

  /** The figures month by month, the latest first. */
  async figures(agentId: number): Promise<OwnFigure[]> {
    const rows = await this.database.select<FigureRow>(
      `SELECT f.month, f.answered, f.resolved, f.warmTransferred,
              (SELECT MAX(k.at) FROM figure_correction k WHERE k.agentId = f.agentId AND k.month = f.month) AS correctedAt
         FROM resolution_figure f WHERE f.agentId = ? ORDER BY f.month DESC LIMIT ${MOST_MONTHS}`,
      [agentId],
    );
    return rows.map((row) => ({ ...row, correctedAt: toInstantOrNull(row.correctedAt) }));
  }

  /** Whether there is anything to see. */
  async hasAny(agentId: number): Promise<boolean> {
    const rows = await this.database.select('SELECT id FROM resolution_figure WHERE agentId = ? LIMIT 1', [
      agentId,
    ]);
    return rows.length > 0;
  }

  /** The notice that is under way; null when there is none that the agent has been told of. */
  async notice(agentId: number): Promise<OwnNotice | null> {
    const row = await this.database.selectOne<NoticeRow>(
      `SELECT state, streakFrom, streakTo, leaderNoticeAt, leaderToldAt FROM quality_case
        WHERE agentId = ? AND state IN ('with_agent', 'held', 'notified') AND agentToldAt IS NOT NULL ORDER BY id DESC LIMIT 1`,
      [agentId],
    );
    if (!row) return null;
    return {
      ...row,
      leaderNoticeAt: toInstantOrNull(row.leaderNoticeAt),
      leaderToldAt: toInstantOrNull(row.leaderToldAt),
    };
  }
}
