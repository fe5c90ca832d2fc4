import { Controller, Get, Query, Req, type StreamableFile } from '@nestjs/common';
import type { z } from 'zod';
import { Roles } from '../../../common/access/access.decorator.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { barChartOption } from '../../../web/charts/bar-chart.js';
import { chartFile, ChartImage } from '../../../web/charts/chart-image.js';
import { chartView } from '../../../web/charts/chart-size.js';
import { renderChart } from '../../../web/charts/render-chart.js';
import { formatShare } from '../../../web/format.js';
import { requestLanguage } from '../../../web/i18n/request-language.js';
import { translator } from '../../../web/i18n/translate.js';
import { Page } from '../../../web/render/page.decorator.js';
import { chartQuery } from '../overview/overview.schemas.js';
import { QualityPolicies } from '../policy/quality-policies.js';
import { STEERING_GROUP_POLICY } from '../streak.rules.js';
import {
  CALLS_A_MONTH,
  FairnessStudy,
  MINIMA,
  STUDY_AGENTS,
  STUDY_MONTHS,
  TRUE_RATES,
  type FairnessCell,
} from './fairness-study.js';

/** Whether the rule is fair: whom it would hit by chance, and what a minimum of calls would change. */
@Controller('kvalitet/retfaerdighed')
@Roles('secretariat', 'leader')
export class FairnessPages {
  constructor(
    private readonly policies: QualityPolicies,
    private readonly study: FairnessStudy,
  ) {}

  @Get()
  @Page('quality/fairness')
  async show(@Req() request: AppRequest) {
    const policy = await this.policies.current();
    const cells = await this.study.of(policy ?? STEERING_GROUP_POLICY);
    const t = translator(requestLanguage(request));
    const [few, ...others] = chanceHits(cells);
    return {
      policy,
      agents: STUDY_AGENTS,
      months: STUDY_MONTHS,
      minima: MINIMA,
      few,
      many: others.at(-1),
      tables: TRUE_RATES.map((trueRate) => ({
        trueRate,
        isAbove: isAboveThreshold(trueRate, policy ?? STEERING_GROUP_POLICY),
        rows: CALLS_A_MONTH.map((callsAMonth) => ({
          callsAMonth,
          cells: cells.filter((cell) => cell.trueRate === trueRate && cell.callsAMonth === callsAMonth),
        })),
      })),
      chart: chartView('/kvalitet/retfaerdighed/chart.svg', t('fairness.alt')),
    };
  }

  /** How large a share of agents who are truly above it the rule hits, without a minimum, by calls a month. */
  @Get('chart.svg')
  @ChartImage()
  async image(
    @Query({ schema: chartQuery }) { size }: z.output<typeof chartQuery>,
    @Req() request: AppRequest,
  ): Promise<StreamableFile> {
    const language = requestLanguage(request);
    const policy = await this.policies.current();
    const cells = await this.study.of(policy ?? STEERING_GROUP_POLICY);
    const option = barChartOption({
      language,
      axisName: translator(language)('fairness.axis', {
        rate: formatShare(TRUE_RATES[0], 1, language),
      }),
      bars: chanceHits(cells).map(({ callsAMonth, rate, low, high }) => ({
        name: String(callsAMonth),
        value: rate,
        low,
        high,
      })),
    });
    return chartFile(await renderChart(option, size));
  }
}

/** Agents who are truly above the threshold, without a minimum. */
function chanceHits(cells: readonly FairnessCell[]): FairnessCell[] {
  return cells.filter(({ trueRate, minimumCalls }) => trueRate === TRUE_RATES[0] && minimumCalls === 0);
}

function isAboveThreshold(
  rate: number,
  { threshold }: { threshold: { numerator: number; denominator: number } },
): boolean {
  return rate * threshold.denominator >= threshold.numerator;
}
