import { Injectable } from '@nestjs/common';
import { formatShare } from '../../../web/format.js';
import { blankForm, type FormModel } from '../../../web/forms/form.js';
import type { Translator } from '../../../web/i18n/translate.js';
import { CaseDetail } from './case-detail.js';
import type { CaseMonth, FiguresOfCase } from './case-figures.js';
import type { CaseRow } from './case.queries.js';
import { CHOSEN_END_REASONS } from './case.schemas.js';
import { shownFigure } from './figure-view.js';

/** Who looks, and in which language. */
export interface CaseViewer {
  isSecretariat: boolean;
  t: Translator;
  language: string;
}

/** Gathers what the page of a case shows. */
@Injectable()
export class CasePageModel {
  constructor(private readonly detail: CaseDetail) {}

  /** The whole page, for the secretariat and the leader. */
  async of(kase: CaseRow, { isSecretariat, t, language }: CaseViewer, closing: FormModel = blankForm()) {
    const { figures, participation, timeline } = await this.detail.of(kase);
    const isOpen = kase.state === 'notified';
    return {
      pageTitle: kase.agentName,
      kase,
      figures: viewFigures(figures, language),
      participation,
      timeline,
      isSecretariat,
      isOpen,
      form: closing,
      reasons: CHOSEN_END_REASONS.map((value) => ({ value, label: t(`cases.reason.${value}`) })),
    };
  }
}

/** The figures of a case as every page shows them. */
export function viewFigures(
  { months, pooled, isTooFewToKnow, isStillHit, policy }: FiguresOfCase,
  language: string,
) {
  const { numerator, denominator } = policy.threshold;
  const interval = policy.warmTransferCounts ? (pooled.rateWithWarm ?? pooled.rate) : pooled.rate;
  return {
    months: months.map((one) => viewMonth(one, policy)),
    pooled: { ...pooled, interval },
    threshold: formatShare(numerator, denominator, language),
    isTooFewToKnow,
    isStillHit,
    isCorrected: months.some(({ isCorrected }) => isCorrected),
  };
}

function viewMonth(
  { month, isFollowUp, atClosing, now, isCorrected }: CaseMonth,
  policy: FiguresOfCase['policy'],
) {
  return {
    month,
    isFollowUp,
    isCorrected,
    atClosing: shownFigure(atClosing, policy),
    now: now && shownFigure(now, policy),
  };
}
