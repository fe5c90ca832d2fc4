import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Principal } from '../../../common/access/principal.js';
import { scopeOf, seesAll } from '../../../common/access/scope.js';
import { Clock } from '../../../common/clock.js';
import { localDate, municipalityCode } from '../../../common/fields.js';
import { addDays, daysBetween, localDateOf, type LocalDate } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { queryString } from '../../../web/query-string.js';
import { MunicipalityQueries } from '../../municipalities/index.js';
import { firstReasons, viewReasons } from '../reason-view.js';
import type { Translator } from '../../../web/i18n/translate.js';
import { PlanAge } from '../../shifts/index.js';
import { BoardQueries } from './board.queries.js';
import { periodOf } from './period.js';
import { stateOf } from './readiness-export.js';
import { ShiftNames, type NamedShift } from './shift-names.js';
import { READINESS_STATES } from './shift-readiness.queries.js';

const A_PAGE = 50;

const orNone = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional()).catch(undefined);

/** The filters of the board; an empty field means no filter, and a wrong one is passed over. */
export const boardQuery = z.object({
  from: orNone(localDate),
  municipality: orNone(municipalityCode),
  state: orNone(z.enum(READINESS_STATES)),
  q: orNone(z.string().max(200)),
  cursor: z.string().max(500).optional(),
});

/** Gathers what the board shows. */
@Injectable()
export class BoardModel {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly boards: BoardQueries,
    private readonly names: ShiftNames,
    private readonly planAge: PlanAge,
    private readonly municipalities: MunicipalityQueries,
  ) {}

  async of(query: z.output<typeof boardQuery>, principal: Principal, t: Translator) {
    const today = localDateOf(this.clock.now(), this.env.TZ_NAME);
    const { cursor, ...filter } = query;
    const { from, to } = periodOf({ from: filter.from }, today);
    const board = await this.boards.board(scopeOf(principal), { ...query, from, to, limit: A_PAGE });
    const shifts = await this.names.add(board.items);
    const { municipality, state, q } = filter;
    return {
      filter,
      from,
      to,
      days: board.days,
      groups: this.byDay(shifts, t),
      isEmpty: board.days.every((day) => day.shifts === 0),
      isFiltered: Boolean(filter.q || filter.state || filter.municipality),
      states: READINESS_STATES,
      municipalities: seesAll(principal) ? await this.municipalities.members(today) : [],
      plan: await this.planAge.now(),
      firstQuery: cursor && queryString(filter),
      nextQuery: board.nextCursor && queryString({ ...filter, cursor: board.nextCursor }),
      exportQuery: `&${queryString({ from, to, municipality, state, q }).slice(1)}`,
      dayQuery: `&${queryString({ municipality, state, q }).slice(1)}`,
      earlier: queryString({ ...filter, from: addDays(from, -daysBetween(from, to) - 1) }),
      later: queryString({ ...filter, from: addDays(to, 1) }),
    };
  }

  private byDay(shifts: readonly NamedShift[], t: Translator) {
    const groups: { on: LocalDate; shifts: ReturnType<typeof viewOnBoard>[] }[] = [];
    for (const shift of shifts) {
      const on = localDateOf(shift.at, this.env.TZ_NAME);
      if (groups.at(-1)?.on !== on) groups.push({ on, shifts: [] });
      groups.at(-1)!.shifts.push(viewOnBoard(shift, t, MOST_REASONS));
    }
    return groups;
  }
}

/** So many reasons stand on the board; the shift's own page has all of them. */
const MOST_REASONS = 3;

/** A shift as the board and its own page show it. */
export function viewOnBoard(shift: NamedShift, t: Translator, mostReasons = Infinity) {
  const { agentId, shiftId, firstName, lastName, municipalityName, endsAt, override } = shift;
  return {
    agentId,
    shiftId,
    name: `${firstName} ${lastName}`,
    municipalityName,
    startsAt: shift.at,
    endsAt,
    override,
    state: stateOf(shift),
    ...firstReasons(viewReasons(shift.reasons, { agentId, isOwn: false }, t), mostReasons),
  };
}
