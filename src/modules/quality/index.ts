export { QualityModule } from './quality.module.js';
export { employedInMonth } from './figures/employed-in-month.js';
export { figureScope } from './figures/figure-scope.js';
export { QualityTrend } from './overview/quality-trend.js';
export { FEW_CALLS, rated, type RatedCalls } from './overview/rate.rules.js';
export { StreakPositions } from './overview/streak-positions.js';
export { FigureLooks } from './figure-looks.js';
export { wilson, type RateInterval } from './interval.rules.js';
export {
  addMonths,
  firstDayOf,
  isMonth,
  lastDayOf,
  monthsBetween,
  monthsFrom,
  type Month,
} from './month.rules.js';
export { month } from './month.schema.js';
export { STEERING_GROUP_POLICY } from './streak.rules.js';
export { NoticeClock } from './notices/notice-clock.js';
export { FiguresAgreement } from './entities/figures-agreement.entity.js';
export { QualityPolicyVersion } from './entities/quality-policy-version.entity.js';
export { ResolutionMonth } from './entities/resolution-month.entity.js';
export { ResolutionFigure } from './entities/resolution-figure.entity.js';
export { FigureCorrection } from './entities/figure-correction.entity.js';
export { FigureAlias } from './entities/figure-alias.entity.js';
export { MonthClosing } from './entities/month-closing.entity.js';
export { ClosingExclusion } from './entities/closing-exclusion.entity.js';
export { QualityCase } from './entities/quality-case.entity.js';
export { QualityCaseMonth } from './entities/quality-case-month.entity.js';
export { FigureDispute } from './entities/figure-dispute.entity.js';
export { CoachGrant } from './entities/coach-grant.entity.js';
export { CoachingTalk } from './entities/coaching-talk.entity.js';
export { CoachingTime } from './entities/coaching-time.entity.js';
