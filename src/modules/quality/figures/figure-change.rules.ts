/** The counts of a figure as they are kept. */
export interface FigureCounts {
  answered: number;
  resolved: number;
  warmTransferred: number | null;
  handlingSeconds: number | null;
}

/** The counts of a figure as a source tells them; what it leaves out stays as it is known. */
export interface ToldCounts {
  answered: number;
  resolved: number;
  warmTransferred?: number | null | undefined;
  handlingSeconds?: number | null | undefined;
}

/** What a told figure makes of the one that is kept. */
export interface FigureChange {
  change: 'new' | 'changed' | 'same';
  after: FigureCounts;
  /** Whether calls are counted otherwise than before, which is a correction; the handling time decides nothing. */
  isCorrection: boolean;
}

/** What a told figure makes of the one that is kept, if any. */
export function figureChange(before: FigureCounts | undefined, told: ToldCounts): FigureChange {
  const after = {
    answered: told.answered,
    resolved: told.resolved,
    warmTransferred: told.warmTransferred ?? before?.warmTransferred ?? null,
    handlingSeconds: told.handlingSeconds ?? before?.handlingSeconds ?? null,
  };
  if (!before) return { change: 'new', after, isCorrection: false };
  const differs = (name: keyof FigureCounts) => before[name] !== after[name];
  const isCorrection = differs('answered') || differs('resolved') || differs('warmTransferred');
  return { change: isCorrection || differs('handlingSeconds') ? 'changed' : 'same', after, isCorrection };
}
