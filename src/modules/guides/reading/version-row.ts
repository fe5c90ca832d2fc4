import { toInstant, toInstantOrNull } from '../../../database/sql.js';
import { answeredAt } from '../answers.js';
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
  /** When the viewer, as an agent, read it or completed its e-learning, or that of one which answers for it. */
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
  completedAt: string | Date | null;
}

const [READ_AT, COMPLETED_AT] = answeredAt({ agent: '?', guide: 'v.guideId', from: 'v.answeredFrom' });

/** The columns of a version `v`; the first two values of the statement are the agent whose answers count. */
export const VERSION_COLUMNS = `${READ_AT} AS readAt, ${COMPLETED_AT} AS completedAt,
  v.id, v.guideId, v.number, v.title, v.changeNote, v.url, v.courseId, v.isMinor, v.urgency, v.minutes, v.audienceKind,
  v.effectiveFrom, v.publishedAt, v.withdrawnAt`;

/** The row with its audience. */
export function toVersionRow(raw: RawVersion, audience: Audience | undefined): VersionRow {
  const { isMinor, audienceKind, completedAt, ...row } = raw;
  const codes = [...(audience?.codes ?? [])];
  return {
    ...row,
    minor: Boolean(isMinor),
    effectiveFrom: toInstant(raw.effectiveFrom).toISOString(),
    publishedAt: toInstant(raw.publishedAt).toISOString(),
    withdrawnAt: toInstantOrNull(raw.withdrawnAt)?.toISOString() ?? null,
    audience: { kind: audienceKind, ...(audienceKind !== 'all' && { [audienceKind]: codes }) },
    readAt: earliest(toInstantOrNull(raw.readAt), toInstantOrNull(completedAt))?.toISOString() ?? null,
  };
}

function earliest(a: Date | null, b: Date | null): Date | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}
