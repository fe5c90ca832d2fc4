import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { localDateOf } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { MunicipalityQueries } from '../municipalities/index.js';
import { PeopleQueries } from './people.queries.js';

/** What the forms about users offer. */
@Injectable()
export class UserChoices {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly people: PeopleQueries,
    private readonly municipalities: MunicipalityQueries,
  ) {}

  /** Municipalities that take part or will, and the leaders who may be a deputy. */
  async all(exceptPersonId?: number) {
    const today = localDateOf(this.clock.now(), this.env.TZ_NAME);
    const municipalities = await this.municipalities.presentAndComing(today);
    const names = new Map(municipalities.map(({ code, name }) => [code, name]));
    const leaders = await this.people.leaders();
    return {
      municipalities: municipalities.map(({ code, name }) => ({ value: code, label: name })),
      deputies: leaders
        .filter((leader) => leader.personId !== exceptPersonId)
        .map((leader) => ({
          value: String(leader.personId),
          label: `${leader.firstName} ${leader.lastName} (${names.get(leader.municipalityCode) ?? leader.municipalityCode})`,
        })),
    };
  }
}
