import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Principal } from '../../../common/access/principal.js';
import { scopeOf, seesAll } from '../../../common/access/scope.js';
import { Clock } from '../../../common/clock.js';
import { randomToken } from '../../../common/crypto.js';
import { DomainError } from '../../../common/domain-error.js';
import { localDateOf, type LocalDate } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { blankForm, type FormModel } from '../../../web/forms/form.js';
import { formatLongDate } from '../../../web/format.js';
import { translator } from '../../../web/i18n/translate.js';
import { queryString } from '../../../web/query-string.js';
import { BookableAgents } from '../seats/bookable-agents.queries.js';
import { mayLeave } from '../seats/booking.rules.js';
import { bookerOf } from '../seats/booking.service.js';
import { dayOverFault } from './day-changes.rules.js';
import { DayPeopleQueries } from './day-people.queries.js';
import { dayStateOf } from './day-state.rules.js';
import { OnboardingDayQueries, type OnboardingDayRow } from '../onboarding-days.queries.js';
import { freeSeats, isOpen } from '../onboarding-days.rules.js';

/** Which part of the lists a day's page shows, and who is searched for; `q` counts as asked for when it is empty, too. */
export const dayPageQuery = z.object({
  q: z.string().max(200).optional().catch(undefined),
  cursor: z.string().max(500).optional(),
  linje: z.string().max(500).optional(),
});

type DayPageQuery = z.output<typeof dayPageQuery>;

const A_PAGE = 50;
const MATCHES = 10;

/** Gathers what the page of an onboarding day shows. */
@Injectable()
export class DayModel {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly days: OnboardingDayQueries,
    private readonly people: DayPeopleQueries,
    private readonly agents: BookableAgents,
  ) {}

  /** @throws DomainError `not_found` */
  async of(dayId: number, by: Principal, language: string, query: DayPageQuery, form = blankForm()) {
    const day = await this.days.find(dayId);
    if (!day) throw new DomainError('not_found', 'not_found');
    const today = localDateOf(this.clock.now(), this.env.TZ_NAME);
    const t = translator(language);
    return {
      pageTitle: `${t('onboardingDays.day')} ${formatLongDate(day.on, language)}`,
      day,
      state: dayStateOf(day, today),
      free: freeSeats(day),
      isOver: day.on <= today,
      isSecretariat: seesAll(by),
      mayChange: seesAll(by) && dayOverFault(day, today) === undefined,
      mayTakeOff: !day.isCancelled && mayLeave(day, bookerOf(by), today),
      form,
      key: randomToken(),
      ...(await this.lists(day, by, query)),
      ...(await this.search(day, by, query, today)),
    };
  }

  private async lists({ id: dayId }: OnboardingDayRow, by: Principal, { cursor, linje }: DayPageQuery) {
    const scope = scopeOf(by);
    const seated = await this.people.seated(dayId, scope, { limit: A_PAGE, cursor });
    const waiting = await this.people.waiting(dayId, scope, { limit: A_PAGE, cursor: linje });
    const path = `/onboardingdage/${dayId}`;
    return {
      seated: seated.items,
      waiting: waiting.items,
      seatedPages: pagesOf(path, 'cursor', { cursor, linje }, seated.nextCursor),
      waitingPages: pagesOf(path, 'linje', { cursor, linje }, waiting.nextCursor),
    };
  }

  /** Whom the caller may book, once asked for. */
  private async search(day: OnboardingDayRow, by: Principal, { q }: DayPageQuery, today: LocalDate) {
    const isPossible = !day.isCancelled && day.on >= today;
    const mayBook = isPossible && (seesAll(by) || isOpen(day, today));
    if (!mayBook || q === undefined) return { mayBook, q };
    const found = await this.agents.search(day, scopeOf(by), q, MATCHES + 1);
    return {
      mayBook,
      q,
      isSearched: true,
      matches: found.slice(0, MATCHES),
      hasMoreMatches: found.length > MATCHES,
    };
  }
}

/** The faults as sentences only, for a page whose buttons have no fields. */
export function withoutFields(form: FormModel): FormModel {
  return { ...form, errors: {}, summary: form.summary.map((line) => ({ ...line, field: '' })) };
}

/** Links to the parts of one of two lists; the other stays where it is. */
function pagesOf(
  path: string,
  own: 'cursor' | 'linje',
  query: Pick<DayPageQuery, 'cursor' | 'linje'>,
  nextCursor: string | null,
) {
  return {
    path,
    firstQuery: query[own] && queryString({ ...query, [own]: undefined }),
    nextQuery: nextCursor && queryString({ ...query, [own]: nextCursor }),
  };
}
