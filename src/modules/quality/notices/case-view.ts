import type { z } from 'zod';
import type { CaseInFull } from './case-detail.js';
import type { CaseRow } from './case.queries.js';
import type { caseDetail, caseView } from './case.schemas.js';

/** A case as a list of the API shows it. */
export function viewCase(row: CaseRow): z.output<typeof caseView> {
  const { id, agentId, agentName, municipalityCode, municipalityName, state, streakFrom, streakTo } = row;
  const { endReason, isTalkRelevant, version } = row;
  return {
    id,
    agentId,
    agentName,
    municipalityCode,
    municipalityName,
    state,
    streakFrom,
    streakTo,
    agentToldAt: iso(row.agentToldAt),
    leaderNoticeAt: iso(row.leaderNoticeAt),
    leaderToldAt: iso(row.leaderToldAt),
    endedAt: iso(row.endedAt),
    endReason,
    isTalkRelevant,
    createdAt: row.createdAt.toISOString(),
    version,
  };
}

/** A case in full. */
export function viewCaseInFull(found: CaseInFull): z.output<typeof caseDetail> {
  const { months, pooled, isTooFewToKnow, isStillHit } = found.figures;
  return {
    ...viewCase(found.kase),
    months,
    pooled,
    isTooFewToKnow,
    isStillHit,
    participation: found.participation,
    timeline: found.timeline.map((event) => ({ ...event, at: event.at.toISOString() })),
  };
}

function iso(instant: Date | null): string | null {
  return instant?.toISOString() ?? null;
}
