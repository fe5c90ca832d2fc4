import { toInstant, toInstantOrNull } from '../../../database/sql.js';
import type { Audience, AudienceKind, Urgency } from '../guides.rules.js';

/** A version as lists show it. */
export interface VersionRow {
  id: number;
  guideId: number;
  number: number;
  title: string;
  changeNote: string;
  url: string | null;
  courseId: number | null;
  minor: boolean;
  urgency: Urgency;
  minutes: number;
  effectiveFrom: string;
  publishedAt: string;
  withdrawnAt: string | null;
  audience: { kind: AudienceKind; municipalities?: string[]; skills?: string[] };
  /** When the viewer, as an agent, gave a receipt that answers for it. */
  readAt: string | null;
}

/** The same as the databases give it. */
export interface RawVersion extends Omit<
  VersionRow,
  'minor' | 'effectiveFrom' | 'publishedAt' | 'withdrawnAt' | 'audience' | 'readAt'
> {
  isMinor: number | boolean;
  audienceKind: AudienceKind;
  effectiveFrom: string | Date;
  publishedAt: string | Date;
  withdrawnAt: string | Date | null;
  readAt: string | Date | null;
}

/** The columns of a version; the first value of the statement is the agent whose receipts count. */
export const VERSION_COLUMNS = `v.id, v.guideId, v.number, v.title, v.changeNote, v.url, v.courseId, v.isMinor, v.urgency,
  v.minutes, v.audienceKind, v.effectiveFrom, v.publishedAt, v.withdrawnAt,
  (SELECT MIN(rr.readAt) FROM read_receipt rr
    WHERE rr.agentId = ? AND rr.guideId = v.guideId AND rr.number >= v.answeredFrom) AS readAt`;

/** The row with its audience. */
export function toVersionRow(raw: RawVersion, audience: Audience | undefined): VersionRow {
  const { isMinor, audienceKind, ...row } = raw;
  const codes = [...(audience?.codes ?? [])];
  return {
    ...row,
    minor: Boolean(isMinor),
    effectiveFrom: toInstant(raw.effectiveFrom).toISOString(),
    publishedAt: toInstant(raw.publishedAt).toISOString(),
    withdrawnAt: toInstantOrNull(raw.withdrawnAt)?.toISOString() ?? null,
    audience: { kind: audienceKind, ...(audienceKind !== 'all' && { [audienceKind]: codes }) },
    readAt: toInstantOrNull(raw.readAt)?.toISOString() ?? null,
  };
}
