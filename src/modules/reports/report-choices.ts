import { Injectable } from '@nestjs/common';
import type { Principal } from '../../common/access/principal.js';
import type { LocalDate } from '../../common/local-date.js';
import { CourseQueries } from '../courses/index.js';
import { PeopleQueries } from '../identity/index.js';
import { MunicipalityQueries } from '../municipalities/index.js';
import { ONBOARDING_STEPS } from './onboarding-step.js';

/** What the filters of a report offer. */
@Injectable()
export class ReportChoices {
  constructor(
    private readonly municipalities: MunicipalityQueries,
    private readonly courses: CourseQueries,
    private readonly people: PeopleQueries,
  ) {}

  /** Municipalities that take part on the day (for the secretariat), leaders and agents' courses. */
  async of(principal: Principal, on: LocalDate) {
    const isSecretariat = principal.roles.includes('secretariat');
    return {
      municipalities: isSecretariat ? await this.municipalities.members(on) : [],
      leaders: await this.people.leaders(isSecretariat ? undefined : principal.municipalityCodes),
      courses: (await this.courses.list()).filter((course) => course.audience === 'agent'),
      states: ['not_started', 'in_progress', 'completed', 'waived'],
      steps: ONBOARDING_STEPS,
    };
  }
}
