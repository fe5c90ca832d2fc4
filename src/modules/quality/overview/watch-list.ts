import { Injectable } from '@nestjs/common';
import { Database } from '../../../database/database.js';
import { FigureHistories } from '../closing/figure-histories.js';
import type { Month } from '../month.rules.js';
import type { PolicyInForce } from '../policy/quality-policies.js';
import { streakAt, type StreakOutcome } from '../streak.rules.js';
import { rated, sumOfCalls, type RatedCalls } from './rate.rules.js';

/** An agent whom a month brings near a notice. */
export interface WatchedAgent {
  agentId: number;
  name: string;
  municipalityCode: string;
  /** `hit` is for the closing of the month; `unknown` when a month that is needed has not been imported. */
  outcome: Exclude<StreakOutcome, 'none'>;
  /** The months below, earliest first. */
  months: Month[];
  missing: Month[];
  /** Those months together. */
  pooled: RatedCalls;
}

/** Reads whom the secretariat keeps an eye on; nobody is written to. */
@Injectable()
export class WatchList {
  constructor(
    private readonly database: Database,
    private readonly histories: FigureHistories,
  ) {}

  /** Those for whom the month is one of several below in a row, by name. */
  async at(month: Month, policy: PolicyInForce): Promise<WatchedAgent[]> {
    const histories = await this.histories.of(this.database.reader.manager, month, policy);
    return histories
      .toSorted((a, b) => (a.sortKey < b.sortKey ? -1 : 1))
      .flatMap(({ agentId, name, employment, history }) => {
        const { outcome, months, missing } = streakAt(month, history, policy);
        if (outcome === 'none' || !employment) return [];
        const figures = months.map((one) => history.figures.get(one)!);
        return [
          {
            agentId,
            name,
            municipalityCode: employment.municipalityCode,
            outcome,
            months,
            missing,
            pooled: rated(sumOfCalls(figures)),
          },
        ];
      });
  }
}
