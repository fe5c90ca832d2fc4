/** Whom a version is meant for. */
export const AUDIENCE_KINDS = ['all', 'municipalities', 'skills'] as const;

/** Whom a version is meant for. */
export type AudienceKind = (typeof AUDIENCE_KINDS)[number];

/** How soon a version must be known; an acute one is told at once. */
export const URGENCIES = ['normal', 'acute'] as const;

/** How soon a version must be known; an acute one is told at once. */
export type Urgency = (typeof URGENCIES)[number];

/** Whom a version is meant for, with the municipalities' codes or the skills. */
export interface Audience {
  kind: AudienceKind;
  codes: readonly string[];
}

/** An agent as far as audiences matter. */
export interface AudienceMember {
  municipalityCode: string;
  skills: readonly string[];
}

/** A version as far as its place among the others of its guide matters. */
export interface PublishedVersion {
  number: number;
  isMinor: boolean;
  urgency: Urgency;
  effectiveFrom: Date;
  publishedAt: Date;
  isWithdrawn: boolean;
}

/** When a version asks to be read, and which receipts answer for it. */
export interface VersionWindow {
  number: number;
  /** A receipt of this number or a higher one answers. */
  answeredFrom: number;
  countsFrom: Date;
  /** Null while nothing ends it; at or before `countsFrom` when no shift ever asks for it. */
  appliesUntil: Date | null;
}

/** An acute guide leaves readiness untouched for so long after its publication. */
export const ACUTE_GRACE_MS = 72 * 3_600_000;

/** Whether a version is meant for the agent. */
export function isFor({ kind, codes }: Audience, member: AudienceMember): boolean {
  switch (kind) {
    case 'all':
      return true;
    case 'municipalities':
      return codes.includes(member.municipalityCode);
    case 'skills':
      return codes.some((skill) => member.skills.includes(skill));
  }
}

/**
 * The windows of a guide's versions, in the order of the versions. A version ends when a later one that is not withdrawn
 * begins, and when the guide is archived; a withdrawn one never asks anybody. A minor version is answered by a receipt of any
 * version back to the last one that was not minor, and counts no earlier than that one: a slip of the pen that is mended in an acute
 * guide leaves its grace as it is.
 * @param versions all of one guide, lowest number first
 */
export function windowsOf(
  versions: readonly PublishedVersion[],
  archivedAt: Date | null = null,
): VersionWindow[] {
  let end = archivedAt;
  const begins = beginsOf(versions);
  return versions
    .map((version, index) => ({ version, from: begins[index]! }))
    .toReversed()
    .map(({ version, from }) => {
      const window = {
        number: version.number,
        answeredFrom: answeredFrom(versions, version.number),
        countsFrom: from,
        appliesUntil: version.isWithdrawn ? from : end,
      };
      if (!version.isWithdrawn) end = earlier(end, from);
      return window;
    })
    .toReversed();
}

/**
 * From when on shifts ask for each version: when it takes effect, though never before it was published; an acute one later by
 * `ACUTE_GRACE_MS`; a minor one not before the one that it mends.
 */
function beginsOf(versions: readonly PublishedVersion[]): Date[] {
  let mended: number | null = null;
  return versions.map((version, index) => {
    const own = Math.max(version.effectiveFrom.getTime(), version.publishedAt.getTime());
    const isMending = version.isMinor && index > 0 && mended !== null;
    const grace = version.urgency === 'acute' && !isMending ? ACUTE_GRACE_MS : 0;
    const from = Math.max(own + grace, isMending ? mended! : 0);
    if (!(version.isMinor && index > 0) && !version.isWithdrawn) mended = from;
    return new Date(from);
  });
}

/** Whether a shift that starts then asks for the version. */
export function applies(window: Pick<VersionWindow, 'countsFrom' | 'appliesUntil'>, startsAt: Date): boolean {
  return window.countsFrom <= startsAt && (window.appliesUntil === null || startsAt < window.appliesUntil);
}

/** Whether there is any instant at which a shift would ask for the version. */
export function everApplies({ countsFrom: from, appliesUntil }: VersionWindowSpan): boolean {
  return appliesUntil === null || from < appliesUntil;
}

/** The two ends of a window. */
export type VersionWindowSpan = Pick<VersionWindow, 'countsFrom' | 'appliesUntil'>;

/** The number of the last version up to this one that is neither minor nor withdrawn, else of the first, which never is minor. */
function answeredFrom(versions: readonly PublishedVersion[], number: number): number {
  const [first] = versions;
  const asking = versions.findLast(
    (version) =>
      version.number <= number &&
      (!version.isMinor || version === first) &&
      (!version.isWithdrawn || version.number === number),
  );
  return asking?.number ?? first?.number ?? number;
}

function earlier(a: Date | null, b: Date): Date {
  return a === null || b < a ? b : a;
}
