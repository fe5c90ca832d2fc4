/** How many of a leader's agents are asked to read a version. */
export interface AskedVersion {
  versionId: number;
  title: string;
  /** From when on it applies. */
  from: Date;
  /** Estimated for one agent. */
  minutes: number;
  agents: number;
}

/** What a leader is told to set aside. */
export interface MinutesList {
  guides: (AskedVersion & { total: number; isOne: boolean })[];
  /** How many guides are not listed. */
  more: number;
  count: number;
  /** For all agents and guides, those that are not listed included. */
  total: number;
}

/** So many guides are named in a mail; the rest are counted. */
const MOST_LISTED = 20;

/** The minutes to set aside, the guide that applies first at the top. */
export function minutesList(asked: readonly AskedVersion[]): MinutesList {
  const guides = asked
    .toSorted((a, b) => a.from.getTime() - b.from.getTime() || a.versionId - b.versionId)
    .map((one) => ({ ...one, total: one.agents * one.minutes, isOne: one.agents === 1 }));
  return {
    guides: guides.slice(0, MOST_LISTED),
    more: Math.max(0, guides.length - MOST_LISTED),
    count: guides.length,
    total: guides.reduce((sum, { total }) => sum + total, 0),
  };
}
