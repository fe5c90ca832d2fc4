import { toInstant } from '../../src/database/sql.js';
import { RequirementModel } from './requirement-model.js';
import type { TestApp } from './test-app.js';

interface Period {
  agentId: number;
  municipality: string;
  kind: string;
  from: string;
  to: string | null;
}

/** A shift as the model knows it. */
export interface ModelShift {
  id: number;
  agentId: number;
  at: number;
}

/** Readiness from the bare facts, one agent and one instant at a time, without looking at anything that is kept. */
export class ReadinessModel {
  private constructor(
    private readonly requirements: RequirementModel,
    private readonly periods: Period[],
    private readonly courses: { agentId: number; state: string }[],
    private readonly attended: Set<number>,
    private readonly unreadBlocks: boolean,
    readonly shifts: ModelShift[],
  ) {}

  static async read(app: TestApp): Promise<ReadinessModel> {
    const periods = await app.rows<Period>(
      'SELECT agentId, municipalityCode AS municipality, kind, effectiveFromOn AS `from`, endOn AS `to` FROM employment',
    );
    const courses = await app.rows<{ agentId: number; state: string }>(
      `SELECT a.id AS agentId, e.state FROM enrolment e JOIN agent a ON a.personId = e.personId
         JOIN course c ON c.id = e.courseId WHERE c.audience = 'agent' AND c.requiredBeforeFirstShift = 1`,
    );
    const before = await app.rows<{ id: number }>(
      'SELECT id FROM agent WHERE onboardingAttendedOn IS NOT NULL',
    );
    const here = await app.rows<{ id: number }>(
      'SELECT agentId AS id FROM attendance WHERE mustAttendAgain = 0',
    );
    const policies = await app.rows<{ unreadGuide: string }>(
      'SELECT unreadGuide FROM readiness_policy ORDER BY id',
    );
    const shifts = await app.rows<{ id: number; agentId: number; startsAt: string }>(
      'SELECT id, agentId, startsAt FROM shift ORDER BY startsAt, id',
    );
    return new ReadinessModel(
      await RequirementModel.read(app),
      periods,
      courses,
      new Set([...before, ...here].map(({ id }) => id)),
      policies.at(-1)?.unreadGuide !== 'warns',
      shifts.map(({ id, agentId, startsAt }) => ({ id, agentId, at: toInstant(startsAt).getTime() })),
    );
  }

  /** What is missing, in words that can be compared, with whose agent it is; `ready` or `not ready` first. */
  of(agentId: number, at: number): string[] {
    const on = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Copenhagen' }).format(new Date(at));
    const mine = this.periods.filter((period) => period.agentId === agentId);
    const begun = mine.filter(({ from }) => from <= on).sort((a, b) => (a.from < b.from ? 1 : -1));
    const deciding = begun[0] ?? mine.sort((a, b) => (a.from < b.from ? -1 : 1))[0]!;
    const isEmployed = mine.some(({ from, to }) => from <= on && (to === null || on <= to));
    const isNew = deciding.kind === 'new';
    const courses = this.courses.filter((course) => course.agentId === agentId);
    const open = courses.filter(({ state }) => state !== 'completed' && state !== 'waived');
    const unread = this.requirements.unread(agentId, at);
    const blocking = [
      ...(isEmployed ? [] : ['not_employed']),
      ...(isNew && courses.length === 0 ? ['elearning_not_assigned'] : []),
      ...(isNew ? open.map(() => 'elearning_missing') : []),
      ...(this.unreadBlocks ? unread.map((id) => `guide_unread ${id}`) : []),
    ];
    const warning = [
      ...(isNew && !this.attended.has(agentId) ? ['onboarding_day_missing'] : []),
      ...(this.unreadBlocks ? [] : unread.map((id) => `guide_unread ${id}`)),
    ];
    return [
      blocking.length === 0 ? 'ready' : 'not ready',
      `of ${deciding.municipality}`,
      ...blocking.map((reason) => `${reason} blocks`).sort(),
      ...warning.map((reason) => `${reason} warns`).sort(),
    ];
  }
}

/** The exceptions that ought to count, told by who made them and forgotten when the shift is moved, given away or cancelled. */
export class OverrideModel {
  private made: ModelShift[] = [];

  /** Somebody answers for a shift as it is now. */
  add(shift: ModelShift): void {
    this.made.push(shift);
  }

  /** Forgets those whose shift is another one now; tells which shifts still have one. */
  left(shifts: readonly ModelShift[]): Set<number> {
    this.made = this.made.filter((one) =>
      shifts.some(({ id, agentId, at }) => id === one.id && agentId === one.agentId && at === one.at),
    );
    return new Set(this.made.map(({ id }) => id));
  }
}
