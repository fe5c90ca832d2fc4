import { Injectable } from '@nestjs/common';
import { randomToken } from '../../../common/crypto.js';
import { blankForm, type FormModel } from '../../../web/forms/form.js';
import { translator } from '../../../web/i18n/translate.js';
import { CoachQueries, type CoachRow } from './coach.queries.js';
import { coachFault, proposedCoach } from './coach.rules.js';
import { TalkCaseQueries } from './talk-case.queries.js';
import { firstState, isUnderWay } from './talk-state.rules.js';
import { TalkQueries } from './talk.queries.js';

const ALL = { sql: '1 = 1', values: [] };

/** The page on which a talk is offered: who is proposed, who else may be asked, and what was offered before. */
@Injectable()
export class TalkOfferModel {
  constructor(
    private readonly cases: TalkCaseQueries,
    private readonly coaches: CoachQueries,
    private readonly talks: TalkQueries,
  ) {}

  /** @throws DomainError `not_found` */
  async of(caseId: number, language: string, form?: FormModel) {
    const offerable = await this.cases.offerable(caseId);
    const begins = firstState(offerable.state);
    const coaches = (await this.coaches.all()).filter((coach) => !coachFault(coach, offerable));
    const proposed = proposedCoach(coaches, offerable);
    const { items: talks } = await this.talks.list(ALL, { caseId, limit: 50 });
    return {
      case: offerable,
      hasEnded: begins === null,
      talks,
      mayOffer: begins !== null && !talks.some(({ state }) => isUnderWay(state)),
      isEarly: begins === 'prepared',
      proposed,
      choices: coaches.map((coach) => ({ value: String(coach.personId), label: labelOf(coach, language) })),
      form: form ?? blankForm({ coachId: String(proposed?.personId ?? ''), minutes: '30' }),
      key: randomToken(),
    };
  }
}

function labelOf({ name, municipalityName, load, isAbsent }: CoachRow, language: string): string {
  const t = translator(language);
  const label = t('coaching.choice', { name, municipality: municipalityName, talks: load });
  return isAbsent ? `${label}, ${t('coaching.absentToday')}` : label;
}
