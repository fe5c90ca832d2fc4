/** The calls of an agent in a month. */
export interface ModelCalls {
  answered: number;
  resolved: number;
  warm: number;
}

/** A period in which an agent works for a municipality; days as `YYYY-MM-DD`. */
export interface ModelPeriod {
  municipality: string;
  from: string;
  to: string | null;
}

/** A notice of the model. */
export interface ModelCase {
  agent: number;
  /** By what it was opened. */
  closing: number;
  months: string[];
  /** Months that were added by later closings, with the closing. */
  later: { month: string; closing: number }[];
  isWithdrawn: boolean;
}

/** The policy of the model. */
export interface ModelPolicy {
  months: number;
  watch: number;
  minimum: number;
  countsWarm: boolean;
  from: string;
}

/** What the model finds of an agent. */
export interface Finding {
  outcome: 'hit' | 'follow_up' | 'watch' | 'unknown' | 'none';
  months: string[];
}

const Z = 1.959963984540054;

/**
 * The closing of months written down a second time, as somebody with a spreadsheet would do it: everything is walked through from the
 * first month on, and nothing is kept but what happened. All of it within one year.
 */
export class ClosingModel {
  readonly imported = new Set<string>();
  /** By agent and month, as `7 2026-08`. */
  readonly calls = new Map<string, ModelCalls>();
  readonly periods = new Map<number, ModelPeriod[]>();
  /** From which day figures are agreed, by municipality; none without an agreement. */
  readonly agreed = new Map<string, string>();
  readonly cases: ModelCase[] = [];
  readonly closings: { id: number; month: string; isUndone: boolean; left: Set<number> }[] = [];

  constructor(public policy: ModelPolicy) {}

  /** The months of the year up to one. */
  static upTo(month: string): string[] {
    const year = Array.from({ length: 12 }, (_, n) => `2026-${String(n + 1).padStart(2, '0')}`);
    return year.filter((one) => one <= month);
  }

  /** What a month says of an agent. */
  find(agent: number, month: string): Finding {
    let below: string[] = [];
    let quiet = 0;
    let isKnown = true;
    let last = '';
    for (const one of ClosingModel.upTo(month).filter((each) => this.counts(agent, each))) {
      last = this.kind(agent, one);
      if (last === 'below') [below, quiet] = [[...below, one], 0];
      else if (last === 'quiet' && quiet === 0) quiet = 1;
      else [below, quiet, isKnown] = [[], last === 'quiet' ? 2 : 0, last !== 'missing'];
    }
    if (!this.counts(agent, month)) return { outcome: 'none', months: [] };
    if (last === 'missing') return { outcome: 'unknown', months: [] };
    if (last !== 'below') return { outcome: 'none', months: [] };
    if (below.length >= this.policy.months)
      return { outcome: this.standing(agent, below) ? 'follow_up' : 'hit', months: below };
    if (!isKnown) return { outcome: 'unknown', months: below };
    return { outcome: below.length >= this.policy.watch ? 'watch' : 'none', months: below };
  }

  /** Whether a month can be closed. */
  canClose(month: string): boolean {
    if (month < this.policy.from || !this.imported.has(month)) return false;
    return [...this.periods.keys()].every((agent) => this.find(agent, month).outcome !== 'unknown');
  }

  /** Closes a month; whom somebody takes out stays out. */
  close(id: number, month: string, out: ReadonlySet<number>): void {
    const left = new Set<number>();
    for (const agent of this.periods.keys()) {
      const { outcome, months } = this.find(agent, month);
      if (outcome === 'follow_up') this.goOn(agent, months, id);
      if (outcome !== 'hit') continue;
      if (out.has(agent) || this.wasLeft(agent, month) || this.mayBeEither(agent, months)) left.add(agent);
      else this.cases.push({ agent, closing: id, months, later: [], isWithdrawn: false });
    }
    this.closings.push({ id, month, isUndone: false, left });
  }

  /** Takes a closing back. */
  undo(id: number): void {
    for (const closing of this.closings) if (closing.id === id) closing.isUndone = true;
    for (const one of this.cases) {
      if (one.closing === id) one.isWithdrawn = true;
      one.later = one.later.filter(({ closing }) => closing !== id);
    }
  }

  private kind(agent: number, month: string): 'below' | 'good' | 'quiet' | 'missing' {
    if (!this.imported.has(month)) return 'missing';
    const { answered, resolved, warm } = this.calls.get(`${agent} ${month}`) ?? {
      answered: 0,
      resolved: 0,
      warm: 0,
    };
    if (answered === 0 || answered < this.policy.minimum) return 'quiet';
    const counted = Math.min(answered, resolved + (this.policy.countsWarm ? warm : 0));
    return counted / answered < 0.5 ? 'below' : 'good';
  }

  /** Whether the agent worked here through all of the month, as it still does, with an agreement, after the policy began. */
  private counts(agent: number, month: string): boolean {
    const period = this.periods.get(agent)!.at(-1);
    if (!period || period.to !== null || month < this.policy.from) return false;
    const agreed = this.agreed.get(period.municipality);
    if (agreed === undefined) return false;
    return [period.from, agreed].every((day) => day.slice(0, 7) < month || day === `${month}-01`);
  }

  /** The case of which the months are, if any; the latest of several. */
  private standing(agent: number, months: readonly string[]): ModelCase | undefined {
    const own = this.cases.filter((one) => one.agent === agent && !one.isWithdrawn);
    const known = own.filter((one) =>
      [...one.months, ...one.later.map(({ month }) => month)].some((m) => months.includes(m)),
    );
    return known.sort((a, b) => (a.months.at(-1)! < b.months.at(-1)! ? 1 : -1))[0];
  }

  private goOn(agent: number, months: readonly string[], closing: number): void {
    const known = this.standing(agent, months)!;
    const taken = this.cases
      .filter((one) => one.agent === agent && !one.isWithdrawn)
      .flatMap((one) => [...one.months, ...one.later.map(({ month }) => month)]);
    for (const month of months)
      if (month > known.months.at(-1)! && !taken.includes(month)) known.later.push({ month, closing });
  }

  private wasLeft(agent: number, month: string): boolean {
    return this.closings.some((one) => one.month === month && !one.isUndone && one.left.has(agent));
  }

  /** The test that the interval is the inversion of: would a true rate of a half give such a share? */
  private mayBeEither(agent: number, months: readonly string[]): boolean {
    const all = months.map((month) => this.calls.get(`${agent} ${month}`)!);
    const answered = all.reduce((sum, one) => sum + one.answered, 0);
    const resolved = all.reduce(
      (sum, one) => sum + Math.min(one.answered, one.resolved + (this.policy.countsWarm ? one.warm : 0)),
      0,
    );
    return (resolved / answered - 0.5) ** 2 <= (Z * Z * 0.25) / answered;
  }
}
