import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { addDays } from '../../common/local-date.js';
import { AgentCallsQueries } from './calls/agent-calls.queries.js';
import { compareRates } from './calls/compared-rates.rules.js';
import { unanswered, type Definition, type Finding } from './insight.js';
import { HIGH_RATE } from './question-plans.js';
import { beforeAfterOnboarding } from './questions/before-after.rules.js';
import { claimedReal } from './questions/claimed-real.rules.js';
import { elearningResolution } from './questions/elearning.rules.js';
import { guidesResolution } from './questions/guides.rules.js';
import { highResolution } from './questions/high-resolution.rules.js';
import { QuestionDataQueries } from './questions/question-data.queries.js';
import { SurveyFactsQueries } from './questions/survey-facts.queries.js';
import { timeToReady } from './questions/time-to-ready.rules.js';
import { wellbeingOnboarding } from './questions/wellbeing-onboarding.rules.js';

/** So long a new agent is waited for before the wait is looked at. */
export const FOLLOWED_DAYS = 30;

const BY_DAY = { with: 'with_day', without: 'without_day' };

/** Reckons answers anew: reads what a question asks, and lets its rule decide. */
@Injectable()
export class QuestionAnswers {
  constructor(
    private readonly clock: Clock,
    private readonly calls: AgentCallsQueries,
    private readonly data: QuestionDataQueries,
    private readonly surveys: SurveyFactsQueries,
  ) {}

  /** What the data answer now. */
  async of(definition: Definition): Promise<Finding> {
    const { key, surveyId } = definition;
    if (key === 'claimed-real')
      return claimedReal(surveyId === null ? null : await this.surveys.claims(surveyId));
    if (key === 'wellbeing-onboarding')
      return wellbeingOnboarding(surveyId === null ? null : await this.surveys.topics(surveyId));
    const { from, to } = definition;
    if (from === null || to === null)
      return unanswered(key === 'time-to-ready' ? 'days' : 'share', 'no_data', 0);
    return this.ofMonths(definition, { from, to });
  }

  private async ofMonths(
    { key, threshold, today }: Definition,
    months: { from: string; to: string },
  ): Promise<Finding> {
    switch (key) {
      case 'high-resolution':
        return highResolution(await this.calls.of('onboarding_day', months), threshold ?? HIGH_RATE);
      case 'before-after-onboarding':
        return beforeAfterOnboarding(await this.calls.of('onboarding_day', months));
      case 'elearning-resolution': {
        const [agents, minutes] = await Promise.all([
          this.calls.of('elearning', months),
          this.data.minutes(),
        ]);
        return elearningResolution(agents, minutes);
      }
      case 'guides-resolution': {
        const now = this.clock.now();
        const [agents, reading] = await Promise.all([
          this.calls.of(null, months),
          this.data.reading(months, now),
        ]);
        return guidesResolution(agents, reading);
      }
      case 'time-to-ready':
        return timeToReady(await this.data.waits(months, addDays(today!, -FOLLOWED_DAYS)));
      default:
        return compareRates(await this.calls.of('onboarding_day', months), BY_DAY);
    }
  }
}
