import type { FieldFault } from '../../../common/domain-error.js';
import type { ToldCounts } from '../figures/figure-change.rules.js';
import type { MonthFigure } from '../streak.rules.js';
import type { DisputeAnswer } from './case-state.rules.js';

/** What the secretariat answers, with the figures it puts in the place of the wrong ones. */
export interface Answer {
  answer: DisputeAnswer;
  answered?: number | undefined;
  resolved?: number | undefined;
  warmTransferred?: number | undefined;
}

/** What is wrong about an answer: figures without their other half, more resolved than answered, or figures that stand. */
export function answerFault({ answer, answered, resolved, warmTransferred }: Answer): FieldFault | undefined {
  if (answer === 'stands')
    return [answered, resolved, warmTransferred].some((one) => one !== undefined)
      ? { field: 'answer', code: 'figures_stand' }
      : undefined;
  if (answered === undefined && resolved === undefined)
    return warmTransferred === undefined ? undefined : { field: 'answered', code: 'required' };
  if (answered === undefined) return { field: 'answered', code: 'required' };
  if (resolved === undefined) return { field: 'resolved', code: 'required' };
  if (resolved > answered) return { field: 'resolved', code: 'more_than_answered' };
  return (warmTransferred ?? 0) > answered
    ? { field: 'warmTransferred', code: 'more_than_answered' }
    : undefined;
}

/** The figure that an answer gives; what it does not say stays as it is known. Null when it gives none. */
export function figureIn({ answered, resolved, warmTransferred }: Answer): ToldCounts | null {
  if (answered === undefined || resolved === undefined) return null;
  return { answered, resolved, warmTransferred };
}

/** Whether two figures are the same. */
export function isSameFigure(one: MonthFigure, other: MonthFigure): boolean {
  return (
    one.answered === other.answered &&
    one.resolved === other.resolved &&
    one.warmTransferred === other.warmTransferred
  );
}
