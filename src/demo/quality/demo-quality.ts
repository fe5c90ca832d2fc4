import { Inject, Injectable } from '@nestjs/common';
import { instantAt, type LocalDate } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { insertRow, selectRows } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import {
  addMonths,
  STEERING_GROUP_POLICY,
  type CoachGrant,
  type FiguresAgreement,
  type Month,
  type QualityPolicyVersion,
  type ResolutionFigure,
  type ResolutionMonth,
} from '../../modules/quality/index.js';
import type { DemoSize } from '../demo-progress.js';
import { insertMany } from '../full/demo-writing.js';
import { demoCallers, type DemoAgent } from './demo-callers.js';
import { writeDemoCase, type CaseGround } from './demo-case.js';
import { demoFigures, type DemoFigure } from './demo-figures.js';
import { demoMonths } from './demo-months.js';
import { demoStories, type DemoStory } from './demo-stories.js';

const SIGNED_ON = '2023-11-15';
const FIGURES_FROM = '2024-01-01';
const DECIDED_ON = '2024-12-02';
const APPLIES_FROM: Month = '2025-01';
/** Whoever a story is told of has worked since before it begins, where neither coach works. */
const STORY_SINCE = '2025-11-30';
const COACHED_ELSEWHERE = ['751', '615'];

/** The quality of a demonstration: agreements, the policy, coaches, figures, and some agents who are below the threshold. */
@Injectable()
export class DemoQuality {
  constructor(@Inject(ENV) private readonly env: Env) {}

  /** For all agents that are there. */
  async write(tx: Tx, size: DemoSize, today: LocalDate): Promise<void> {
    const at = instantAt(DECIDED_ON, '13:00', this.env.TZ_NAME);
    const secretariat = await this.secretariat(tx);
    const byPersonId = secretariat[0]!.id;
    await this.addAgreements(tx, byPersonId, at);
    const policyId = await this.addPolicy(tx, byPersonId, at);
    await insertMany<CoachGrant>(
      tx,
      'coach_grant',
      secretariat.map(({ id }) => ({ personId: id, grantedByPersonId: byPersonId, grantedAt: at })),
    );
    const months = demoMonths(size, today);
    await insertMany<ResolutionMonth>(
      tx,
      'resolution_month',
      months.map((month) => this.monthRow(month)),
    );
    const callers = await demoCallers(tx);
    const stories = storiesOf(callers, demoStories(size, today));
    const figures = callers.flatMap((caller) => demoFigures(caller, months, stories.get(caller)?.shares));
    await insertMany<ResolutionFigure>(
      tx,
      'resolution_figure',
      figures.map((figure) => ({ ...figure, changedAt: this.importedAt(figure.month) })),
    );
    await this.addCases(tx, stories, figures, { policyId, secretariat, zone: this.env.TZ_NAME });
  }

  private secretariat(tx: Tx): Promise<{ id: number; municipalityCode: string }[]> {
    return selectRows(
      tx,
      `SELECT p.id, r.municipalityCode FROM person p JOIN role_assignment r ON r.personId = p.id
        WHERE r.role = 'secretariat' ORDER BY p.id`,
    );
  }

  private async addAgreements(tx: Tx, byPersonId: number, createdAt: Date): Promise<void> {
    const members = await selectRows<{ municipalityCode: string }>(
      tx,
      'SELECT DISTINCT municipalityCode FROM membership ORDER BY municipalityCode',
    );
    await insertMany<FiguresAgreement>(
      tx,
      'figures_agreement',
      members.map(({ municipalityCode }) => ({
        municipalityCode,
        signedOn: SIGNED_ON,
        figuresFrom: FIGURES_FROM,
        byPersonId,
        createdAt,
        version: 1,
      })),
    );
  }

  private addPolicy(tx: Tx, byPersonId: number, createdAt: Date): Promise<number> {
    const { threshold, ...policy } = STEERING_GROUP_POLICY;
    return insertRow<QualityPolicyVersion>(tx, 'quality_policy', {
      thresholdNumerator: threshold.numerator,
      thresholdDenominator: threshold.denominator,
      months: policy.months,
      watchMonths: policy.watchMonths,
      minimumCalls: policy.minimumCalls,
      warmTransferCounts: policy.warmTransferCounts,
      appliesFrom: APPLIES_FROM,
      agentFirstDays: 2,
      undoHours: 24,
      byPersonId,
      createdAt,
    });
  }

  private async addCases(
    tx: Tx,
    stories: ReadonlyMap<DemoAgent, DemoStory>,
    figures: readonly DemoFigure[],
    ground: CaseGround,
  ): Promise<void> {
    for (const [agent, { case: told }] of stories)
      if (told)
        await writeDemoCase(
          tx,
          agent,
          told,
          figures.filter(
            ({ agentId, month }) =>
              agentId === agent.id && month >= told.streakFrom && month <= told.streakTo,
          ),
          ground,
        );
  }

  private monthRow(month: Month): ResolutionMonth {
    const at = this.importedAt(month);
    return { month, importedAt: at, changedAt: at };
  }

  /** On the fourth of the month after. */
  private importedAt(month: Month): Date {
    return instantAt(`${addMonths(month, 1)}-04`, '09:30', this.env.TZ_NAME);
  }
}

/** Each story with the agent it is told of. */
function storiesOf(callers: readonly DemoAgent[], stories: readonly DemoStory[]): Map<DemoAgent, DemoStory> {
  const able = callers.filter(
    ({ open }) =>
      open !== null && open.startOn <= STORY_SINCE && !COACHED_ELSEWHERE.includes(open.municipalityCode),
  );
  return new Map(stories.slice(0, able.length).map((story, n) => [able[n]!, story]));
}
