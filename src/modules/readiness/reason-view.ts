import { z } from 'zod';
import type { Translator } from '../../web/i18n/translate.js';
import { REASON_CODES, UNREAD_GUIDE_EFFECTS, type ReadinessReason } from './readiness.rules.js';

/** A reason as the API and pages show it. */
export const reasonView = z.object({
  code: z.enum(REASON_CODES),
  effect: z.enum(UNREAD_GUIDE_EFFECTS),
  text: z.string(),
  link: z.string().nullable().meta({ description: 'where it can be mended, for whoever asks' }),
});

/** A reason as the API and pages show it. */
export type ReasonView = z.output<typeof reasonView>;

/** Whose eyes a reason is for: the agent mends it, others look at the agent. */
export interface ReasonReader {
  agentId: number;
  isOwn: boolean;
}

/** The reasons as sentences with links. */
export function viewReasons(
  reasons: readonly ReadinessReason[],
  reader: ReasonReader,
  t: Translator,
): ReasonView[] {
  return reasons.map((reason) => ({
    code: reason.code,
    effect: reason.effect,
    text: textOf(reason, t),
    link: linkOf(reason, reader),
  }));
}

/** The first reasons, and how many there are beside, for where many shifts stand below each other. */
export function firstReasons<R>(reasons: readonly R[], most: number): { reasons: R[]; more: number } {
  // One more line would be no longer than the words that stand for it.
  const isShort = reasons.length <= most + 1;
  return isShort
    ? { reasons: [...reasons], more: 0 }
    : { reasons: reasons.slice(0, most), more: reasons.length - most };
}

function textOf(reason: ReadinessReason, t: Translator): string {
  if (reason.code === 'elearning_missing') return t('reason.elearning_missing', { course: reason.title });
  if (reason.code === 'guide_unread') return t('reason.guide_unread', { guide: reason.title });
  return t(`reason.${reason.code}`);
}

function linkOf(reason: ReadinessReason, { agentId, isOwn }: ReasonReader): string | null {
  switch (reason.code) {
    case 'guide_unread':
      return isOwn ? `/guides/${reason.guideId}/versioner/${reason.number}` : `/guides/${reason.guideId}`;
    case 'elearning_missing':
      return isOwn ? `/laer/${reason.enrolmentId}` : `/agenter/${agentId}`;
    case 'onboarding_day_missing':
      return isOwn ? '/mit/onboardingdag' : `/onboardingdage/agent/${agentId}`;
    default:
      return isOwn ? null : `/agenter/${agentId}`;
  }
}
