import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { FigureHistories } from '../closing/figure-histories.js';
import type { Month } from '../month.rules.js';
import { streakAt, type QualityPolicy, type Streak } from '../streak.rules.js';

/** The streak of a case. */
export interface CheckedStreak {
  agentId: number;
  /** The period of employment it was found in. */
  employmentId: number;
  /** Its last month when it was closed. */
  streakTo: Month;
}

/** Asks the rule anew about the streak of a case. */
@Injectable()
export class StreakCheck {
  constructor(private readonly histories: FigureHistories) {}

  /** What the figures say as they are now; null for somebody who does not work in that period any more. */
  async ofEmployed(
    source: EntityManager,
    { agentId, employmentId, streakTo }: CheckedStreak,
    policy: QualityPolicy,
  ): Promise<Streak | null> {
    const [found] = await this.histories.of(source, streakTo, policy, [agentId]);
    if (found?.employment?.id !== employmentId) return null;
    return streakAt(streakTo, found.history, policy);
  }
}
