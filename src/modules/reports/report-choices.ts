import { Injectable } from '@nestjs/common';
import type { Principal } from '../../common/access/principal.js';
import { addDays, type LocalDate } from '../../common/local-date.js';
import { CourseQueries } from '../courses/index.js';
import { PeopleQueries } from '../identity/index.js';
import { MunicipalityQueries } from '../municipalities/index.js';
import { OnboardingDayQueries, type OnboardingDayRow } from '../onboarding-days/index.js';
import { ONBOARDING_STEPS } from './onboarding-step.js';

const DAYS_BACK = 3 * 366;
const MOST_DAYS = 100;

/** What the filters of a report offer. */
@Injectable()
export class ReportChoices {
  constructor(
    private readonly municipalities: MunicipalityQueries,
    private readonly courses: CourseQueries,
    private readonly people: PeopleQueries,
    private readonly onboardingDays: OnboardingDayQueries,
  ) {}

  /** Municipalities that take part on the day (for the secretariat), leaders and agents' courses. */
  async of(principal: Principal, on: LocalDate) {
    return {
      ...(await this.who(principal, on)),
      courses: (await this.courses.list()).filter((course) => course.audience === 'agent'),
      states: ['not_started', 'in_progress', 'completed', 'waived'],
      steps: ONBOARDING_STEPS,
    };
  }

  /** Municipalities that take part on the day (for the secretariat), and leaders. */
  async who(principal: Principal, on: LocalDate) {
    const isSecretariat = principal.roles.includes('secretariat');
    return {
      municipalities: isSecretariat ? await this.municipalities.members(on) : [],
      leaders: await this.people.leaders(isSecretariat ? undefined : principal.municipalityCodes),
    };
  }

  /** The onboarding days ahead and of the last years, the latest first. */
  async days(today: LocalDate): Promise<OnboardingDayRow[]> {
    const { items } = await this.onboardingDays.list({ from: addDays(today, -DAYS_BACK), limit: MOST_DAYS });
    return items.toReversed();
  }
}
