/** A version as far as a digest needs it. */
export interface ListedVersion {
  guideId: number;
  number: number;
  title: string;
  minutes: number;
  startsAt: Date;
}

/** So many guides are named in a mail; the rest are counted. */
export const MOST_LISTED = 20;

/** What a digest lists. */
export interface DigestList {
  guides: Omit<ListedVersion, 'number'>[];
  /** How many guides there are, those that are not listed included. */
  count: number;
  /** How many are not listed. */
  more: number;
  /** For all of them. */
  minutes: number;
  /** The first shift that asks for one of them. */
  startsAt: Date;
}

/**
 * What a digest says of versions, at least one: each guide once, by its newest version and the first shift that asks for it, since whoever
 * reads that one has read the others; the earliest shift first.
 */
export function digestList(versions: readonly ListedVersion[]): DigestList {
  const byGuide = new Map<number, ListedVersion>();
  for (const version of versions) {
    const known = byGuide.get(version.guideId);
    const newest = !known || version.number > known.number ? version : known;
    byGuide.set(version.guideId, {
      ...newest,
      startsAt: known && known.startsAt < version.startsAt ? known.startsAt : version.startsAt,
    });
  }
  const guides = [...byGuide.values()]
    .sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime() || a.guideId - b.guideId)
    .map(({ guideId, title, minutes, startsAt }) => ({ guideId, title, minutes, startsAt }));
  return {
    guides: guides.slice(0, MOST_LISTED),
    count: guides.length,
    more: Math.max(0, guides.length - MOST_LISTED),
    minutes: guides.reduce((sum, { minutes }) => sum + minutes, 0),
    startsAt: guides[0]!.startsAt,
  };
}
