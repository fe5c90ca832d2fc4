import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Scope } from '../../../common/access/scope.js';
import { DomainError } from '../../../common/domain-error.js';
import { decodeCursor, toPage, type Page } from '../../../common/pagination.js';
import { Database } from '../../../database/database.js';
import { OverrideQueries, type OverrideRow } from '../overrides/override.queries.js';
import { counts } from '../overrides/override.rules.js';
import { ReadinessQueries, type ReadinessAnswer } from '../readiness.queries.js';
import { PlannedShifts, type AfterShift, type PlannedShift, type ShiftFilter } from './planned-shifts.js';

/** What a list of shifts may be asked for. */
export const READINESS_STATES = ['ready', 'not_ready'] as const;

/** What a list of shifts may be asked for. */
export type ReadinessState = (typeof READINESS_STATES)[number];

/** What the shifts with their answers may be narrowed to. */
export interface ReadinessFilter extends ShiftFilter {
  state?: ReadinessState | undefined;
}

/** A shift with its answer; an override makes it ready, and the reasons are still said. */
export interface ShiftReadiness extends PlannedShift, ReadinessAnswer {
  override: OverrideRow | null;
}

/** So many shifts are answered at once when all of a period are wanted. */
const TOGETHER = 5_000;
/** The same when a page is wanted. */
const FOR_A_PAGE = 500;

/** Shifts with whether their agents are ready, for a period and a scope, in bulk. */
@Injectable()
export class ShiftReadinessQueries {
  constructor(
    private readonly database: Database,
    private readonly shifts: PlannedShifts,
    private readonly readiness: ReadinessQueries,
    private readonly overrides: OverrideQueries,
  ) {}

  /** A page of shifts, earliest first. */
  async page(
    scope: Scope,
    filter: ReadinessFilter & { limit: number; cursor?: string | undefined },
  ): Promise<Page<ShiftReadiness>> {
    const found: ShiftReadiness[] = [];
    const after = afterOf(filter.cursor);
    for await (const shifts of this.batches(scope, filter, FOR_A_PAGE, after)) {
      found.push(...shifts);
      if (found.length > filter.limit) break;
    }
    return toPage(found.slice(0, filter.limit + 1), filter.limit, cursorKeyOf);
  }

  /** All of them in the same order, some thousands at a time. */
  async *batches(
    scope: Scope,
    filter: ReadinessFilter,
    together = TOGETHER,
    after?: AfterShift,
  ): AsyncGenerator<ShiftReadiness[]> {
    const source = this.database.reader.manager;
    for (let from = after; ;) {
      const shifts = await this.shifts.next(source, scope, filter, together, from);
      yield this.answered(source, scope, filter, shifts);
      const last = shifts.at(-1);
      if (!last || shifts.length < together) return;
      from = [last.at, last.shiftId];
    }
  }

  /** One shift, undefined when there is none or the caller may not know of it. Inside a unit of work pass its tx. */
  async find(
    scope: Scope,
    shiftId: number,
    source: EntityManager = this.database.reader.manager,
  ): Promise<ShiftReadiness | undefined> {
    const shifts = await this.shifts.next(source, scope, { shiftId }, 1);
    const [found] = await this.answered(source, scope, {}, shifts);
    return found;
  }

  /** The agent's shift that is going on at an instant, in a list of one or none. */
  async around(agentId: number, at: Date): Promise<ShiftReadiness[]> {
    const source = this.database.reader.manager;
    return this.answer(await this.shifts.next(source, { kind: 'all' }, { agentId, at }, 1));
  }

  /** The answers for shifts in any order, for whoever may see all. */
  answer(shifts: readonly PlannedShift[]): Promise<ShiftReadiness[]> {
    return this.answered(this.database.reader.manager, { kind: 'all' }, {}, shifts);
  }

  private async answered(
    source: EntityManager,
    scope: Scope,
    filter: ReadinessFilter,
    shifts: readonly PlannedShift[],
  ): Promise<ShiftReadiness[]> {
    if (shifts.length === 0) return [];
    const starts = shifts.map(({ at }) => at.getTime());
    const [first, last] = [starts.reduce((a, b) => Math.min(a, b)), starts.reduce((a, b) => Math.max(a, b))];
    const overrides = await this.overrides.between(source, new Date(first), new Date(last));
    const answers = await this.readiness.answers(shifts, source);
    const found: ShiftReadiness[] = [];
    for (const answer of answers) {
      if (!isSeen(scope, answer) || !isWanted(filter, answer)) continue;
      const shift = withOverride(answer, overrides.get(answer.shiftId));
      if (filter.state === undefined || shift.ready === (filter.state === 'ready')) found.push(shift);
    }
    return found;
  }
}

/** Where a page begins. @throws DomainError `invalid_cursor` */
export function afterOf(cursor: string | undefined): AfterShift | undefined {
  const [at, shiftId] = decodeCursor(cursor, ['number', 'number']) ?? [];
  if (at === undefined) return undefined;
  const instant = new Date(Number(at));
  if (Number.isNaN(instant.getTime()))
    throw new DomainError('invalid_cursor', 'malformed', {
      faults: [{ field: 'cursor', code: 'invalid_cursor' }],
    });
  return [instant, Number(shiftId)];
}

/** What a page's cursor is made of. */
export function cursorKeyOf({ at, shiftId }: PlannedShift): number[] {
  return [at.getTime(), shiftId];
}

/** Whether the caller may know of the answer: of whose agent it is on that day. */
export function isSeen(scope: Scope, { personId, employment }: ReadinessAnswer): boolean {
  if (scope.kind === 'all' || personId === scope.personId) return true;
  return scope.kind === 'municipalities' && scope.codes.includes(employment.municipalityCode);
}

function isWanted({ municipality }: ReadinessFilter, { employment }: ReadinessAnswer): boolean {
  return municipality === undefined || employment.municipalityCode === municipality;
}

function withOverride(
  answer: PlannedShift & ReadinessAnswer,
  override: OverrideRow | undefined,
): ShiftReadiness {
  const isCounting =
    override !== undefined && counts(override, { agentId: answer.agentId, startsAt: answer.at });
  return { ...answer, ready: answer.ready || isCounting, override: isCounting ? override : null };
}
