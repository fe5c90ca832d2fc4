import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { localDateOf, type LocalDate } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { Database } from '../../../database/database.js';
import { placeholders } from '../../../database/sql.js';
import { FigureHistories, firstMonthOf } from '../closing/figure-histories.js';
import type { Month } from '../month.rules.js';
import { QualityPolicies } from '../policy/quality-policies.js';
import type { FiguresPeriod, MonthFigure, QualityPolicy } from '../streak.rules.js';
import { streakPosition } from './streak-positions.rules.js';

/** A month of an agent. */
export interface AgentAndMonth {
  agentId: number;
  month: Month;
}

type PeriodRow = FiguresPeriod & { agentId: number; figuresFrom: LocalDate | null };

/** Tells how many months below in a row single months of agents end, for some hundred in three statements. */
@Injectable()
export class StreakPositions {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly policies: QualityPolicies,
    private readonly histories: FigureHistories,
  ) {}

  /** In the order of what is asked; null for all of them while there is no policy. */
  async of(asked: readonly AgentAndMonth[]): Promise<(number | null)[]> {
    const policy = await this.policies.current();
    if (!policy || asked.length === 0) return asked.map(() => null);
    const ids = [...new Set(asked.map(({ agentId }) => agentId))];
    const months = asked.map(({ month }) => month).sort();
    const [from, to] = [firstMonthOf(months[0]!, policy), months.at(-1)!] as const;
    const imported = await this.histories.imported(this.database.reader.manager, from, to);
    const figures = await this.figures(ids, from, to);
    const periods = await this.periods(ids);
    return asked.map(({ agentId, month }) =>
      positionIn(month, { figures: figures.get(agentId), imported }, periods.get(agentId), policy),
    );
  }

  private async figures(ids: readonly number[], from: Month, to: Month) {
    const rows = await this.database.select<MonthFigure & AgentAndMonth>(
      `SELECT agentId, month, answered, resolved, warmTransferred FROM resolution_figure
        WHERE agentId IN (${placeholders(ids)}) AND month BETWEEN ? AND ?`,
      [...ids, from, to],
    );
    const figures = new Map<number, Map<Month, MonthFigure>>();
    for (const { agentId, month, ...figure } of rows)
      figures.set(agentId, (figures.get(agentId) ?? new Map<Month, MonthFigure>()).set(month, figure));
    return figures;
  }

  /** Each employment as far as the agreement with the municipality lets figures count. */
  private async periods(ids: readonly number[]): Promise<Map<number, FiguresPeriod[]>> {
    const rows = await this.database.select<PeriodRow>(
      `SELECT e.agentId, e.startOn, e.endOn, g.figuresFrom FROM employment e
         LEFT JOIN figures_agreement g ON g.municipalityCode = e.municipalityCode AND g.signedOn <= ?
        WHERE e.agentId IN (${placeholders(ids)})`,
      [localDateOf(this.clock.now(), this.env.TZ_NAME), ...ids],
    );
    const periods = new Map<number, FiguresPeriod[]>();
    for (const { agentId, startOn, endOn, figuresFrom } of rows) {
      if (figuresFrom === null) continue;
      const period = { startOn: startOn > figuresFrom ? startOn : figuresFrom, endOn };
      periods.set(agentId, [...(periods.get(agentId) ?? []), period]);
    }
    return periods;
  }
}

function positionIn(
  month: Month,
  {
    figures = new Map<Month, MonthFigure>(),
    imported,
  }: { figures?: ReadonlyMap<Month, MonthFigure> | undefined; imported: ReadonlySet<Month> },
  periods: readonly FiguresPeriod[] = [],
  policy: QualityPolicy,
): number {
  return streakPosition(month, { figures, imported }, periods, policy);
}
