import { Injectable } from '@nestjs/common';
import { chartView } from '../../../web/charts/chart-size.js';
import { formatMonth, formatShare } from '../../../web/format.js';
import type { FormModel } from '../../../web/forms/form.js';
import type { Translator } from '../../../web/i18n/translate.js';
import { randomToken } from '../../../common/crypto.js';
import { QualityPolicies, type PolicyInForce } from '../policy/quality-policies.js';
import { DISPUTE_REASONS } from './case-state.rules.js';
import { DisputeQueries, type DisputeRow } from './dispute.queries.js';
import { shownFigure } from './figure-view.js';
import { OwnFigures, type OwnFigure } from './own-figures.queries.js';

/** Gathers what the page of an agent's own figures shows. */
@Injectable()
export class OwnFiguresModel {
  constructor(
    private readonly own: OwnFigures,
    private readonly disputes: DisputeQueries,
    private readonly policies: QualityPolicies,
  ) {}

  /** The page of an agent, in a language. */
  async of(agentId: number, form: FormModel, { t, language }: { t: Translator; language: string }) {
    const policy = await this.policies.current();
    const disputes = await this.disputes.ofAgent(agentId);
    const months = (await this.own.figures(agentId)).map((figure) => viewMonth(figure, policy, disputes));
    return {
      months,
      chart: chartView('/mit/tal/chart.svg', t('ownFigures.chartAlt')),
      notice: await this.own.notice(agentId),
      policy: policy && viewPolicy(policy, language),
      form,
      key: randomToken(),
      disputable: months
        .filter(({ dispute }) => dispute?.answer !== null)
        .map(({ month }) => ({ value: month, label: formatMonth(month, language) })),
      reasons: DISPUTE_REASONS.map((value) => ({ value, label: t(`disputes.reason.${value}`) })),
    };
  }
}

function viewMonth(figure: OwnFigure, policy: PolicyInForce | null, disputes: readonly DisputeRow[]) {
  const { month, correctedAt } = figure;
  return {
    month,
    correctedAt,
    ...shownFigure(figure, policy),
    isHistory: policy !== null && month < policy.appliesFrom,
    dispute: disputes.find((one) => one.month === month),
  };
}

/** The rule in the words of the page. */
function viewPolicy(policy: PolicyInForce, language: string) {
  const { months, minimumCalls, warmTransferCounts, appliesFrom, agentFirstDays } = policy;
  const { numerator, denominator } = policy.threshold;
  const threshold = formatShare(numerator, denominator, language);
  return { threshold, months, minimumCalls, warmTransferCounts, appliesFrom, agentFirstDays };
}
