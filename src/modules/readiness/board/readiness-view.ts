import type { z } from 'zod';
import type { Translator } from '../../../web/i18n/translate.js';
import { viewOverride } from '../overrides/override-view.js';
import { viewReasons } from '../reason-view.js';
import type { agentReadinessView, shiftReadinessView } from './readiness.schemas.js';
import type { NamedShift } from './shift-names.js';
import type { ShiftReadiness } from './shift-readiness.queries.js';

/** The answer for one agent as the API shows it. */
export function viewAgentReadiness(
  {
    agentId,
    ready,
    reasons,
    override,
  }: Pick<ShiftReadiness, 'agentId' | 'ready' | 'reasons'> & Partial<Pick<ShiftReadiness, 'override'>>,
  isOwn: boolean,
  t: Translator,
): z.output<typeof agentReadinessView> {
  return {
    ready,
    reasons: viewReasons(reasons, { agentId, isOwn }, t),
    ...(override && { override: viewOverride(override) }),
  };
}

/** A shift with its answer as the API shows it. */
export function viewShift(
  shift: NamedShift,
  isOwn: boolean,
  t: Translator,
): z.output<typeof shiftReadinessView> {
  return {
    shiftId: shift.shiftId,
    agentId: shift.agentId,
    firstName: shift.firstName,
    lastName: shift.lastName,
    municipalityCode: shift.employment.municipalityCode,
    municipalityName: shift.municipalityName,
    startsAt: shift.at.toISOString(),
    endsAt: shift.endsAt.toISOString(),
    ...viewAgentReadiness(shift, isOwn, t),
  };
}
