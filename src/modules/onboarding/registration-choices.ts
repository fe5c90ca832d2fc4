import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { localDateOf, type LocalDate } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { PeopleQueries } from '../identity/index.js';
import { MunicipalityQueries } from '../municipalities/index.js';
import { OnboardingDayQueries } from '../onboarding-days/index.js';

/** What the registration form offers and tells. */
@Injectable()
export class RegistrationChoices {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly municipalityQueries: MunicipalityQueries,
    private readonly people: PeopleQueries,
    private readonly days: OnboardingDayQueries,
  ) {}

  /** Municipalities to choose from (none when it is implied), their leaders, and the next onboarding day. */
  async of(principal: Principal, today: LocalDate) {
    const members = await this.municipalityQueries.presentAndComing(today);
    const own = principal.roles.includes('secretariat')
      ? members
      : members.filter((municipality) => principal.municipalityCodes.includes(municipality.code));
    const names = new Map(own.map((municipality) => [municipality.code, municipality.name]));
    const leaders = await this.people.leaders(own.map((municipality) => municipality.code));
    const nextDay = (await this.days.next(today, today)) ?? null;
    return {
      municipalities: own.length > 1 || principal.roles.includes('secretariat') ? own : [],
      leaders: leaders.map((leader) => ({
        value: String(leader.personId),
        label: `${leader.firstName} ${leader.lastName}`,
        municipality: names.get(leader.municipalityCode),
      })),
      nextDay,
      nextDayIsFull: nextDay !== null && nextDay.seatsTaken >= nextDay.capacity,
    };
  }

  /** The leaders whose agents the caller may list. */
  leaders(principal: Principal) {
    return this.people.leaders(
      principal.roles.includes('secretariat') ? undefined : principal.municipalityCodes,
    );
  }

  /** The municipalities that take part today or will. */
  municipalities() {
    return this.municipalityQueries.presentAndComing(localDateOf(this.clock.now(), this.env.TZ_NAME));
  }
}
