/** A version that an agent has not read. */
export interface UnreadVersion {
  guideId: number;
  number: number;
  title: string;
  changeNote: string;
  minutes: number;
  isAcute: boolean;
  isCourse: boolean;
  effectiveFrom: Date;
  /** Start of the agent's next shift that asks for it; null while none is planned. */
  dueAt: Date | null;
}

/** What an agent is to read, each guide once: reading the newest version answers for those before. In the order of the shifts that ask for it, of the same shift what is acute first. */
export function readingList(unread: readonly UnreadVersion[]): UnreadVersion[] {
  const ofGuide = new Map<number, UnreadVersion>();
  for (const version of unread) {
    const known = ofGuide.get(version.guideId);
    ofGuide.set(version.guideId, known ? together(known, version) : version);
  }
  return [...ofGuide.values()].sort(
    (a, b) =>
      time(a.dueAt) - time(b.dueAt) ||
      Number(b.isAcute) - Number(a.isAcute) ||
      time(a.effectiveFrom) - time(b.effectiveFrom) ||
      a.guideId - b.guideId,
  );
}

function together(a: UnreadVersion, b: UnreadVersion): UnreadVersion {
  const newest = a.number > b.number ? a : b;
  return {
    ...newest,
    isAcute: a.isAcute || b.isAcute,
    dueAt: time(a.dueAt) < time(b.dueAt) ? a.dueAt : b.dueAt,
  };
}

function time(at: Date | null): number {
  return at?.getTime() ?? Number.MAX_SAFE_INTEGER;
}
