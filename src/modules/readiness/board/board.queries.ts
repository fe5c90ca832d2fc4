import { Inject, Injectable } from '@nestjs/common';
import type { Scope } from '../../../common/access/scope.js';
import { addDays, localDateOf, type LocalDate } from '../../../common/local-date.js';
import { toPage, type Page } from '../../../common/pagination.js';
import { ENV, type Env } from '../../../config/env.js';
import { stateOf } from './readiness-export.js';
import {
  afterOf,
  cursorKeyOf,
  ShiftReadinessQueries,
  type ReadinessFilter,
  type ShiftReadiness,
} from './shift-readiness.queries.js';

/** How many shifts of a day are ready. */
export interface BoardDay {
  on: LocalDate;
  shifts: number;
  ready: number;
  overridden: number;
  not_ready: number;
}

/** What the board shows: every day counted, and a page of the shifts. */
export interface Board extends Page<ShiftReadiness> {
  days: BoardDay[];
}

/** Counts the shifts of a period by day and cuts out a page of them, in one go. */
@Injectable()
export class BoardQueries {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly shifts: ShiftReadinessQueries,
  ) {}

  /** The state narrows the page, not the counts: they say how the days stand. */
  async board(
    scope: Scope,
    {
      state,
      limit,
      cursor,
      ...filter
    }: ReadinessFilter & { from: LocalDate; to: LocalDate; limit: number; cursor?: string | undefined },
  ): Promise<Board> {
    const after = afterOf(cursor);
    const days = emptyDays(filter.from, filter.to);
    const found: ShiftReadiness[] = [];
    const isWanted = (shift: ShiftReadiness) =>
      found.length <= limit &&
      (state === undefined || shift.ready === (state === 'ready')) &&
      (after === undefined || shift.at > after[0] || (+shift.at === +after[0] && shift.shiftId > after[1]));
    for await (const shifts of this.shifts.batches(scope, filter))
      for (const shift of shifts) {
        const day = days.get(localDateOf(shift.at, this.env.TZ_NAME));
        if (day) {
          day.shifts += 1;
          day[stateOf(shift)] += 1;
        }
        if (isWanted(shift)) found.push(shift);
      }
    return { days: [...days.values()], ...toPage(found, limit, cursorKeyOf) };
  }
}

function emptyDays(from: LocalDate, to: LocalDate): Map<LocalDate, BoardDay> {
  const days = new Map<LocalDate, BoardDay>();
  for (let on = from; on <= to; on = addDays(on, 1))
    days.set(on, { on, shifts: 0, ready: 0, overridden: 0, not_ready: 0 });
  return days;
}
