import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '../../../common/access/principal.js';
import { seesAll } from '../../../common/access/scope.js';
import { Clock } from '../../../common/clock.js';
import { ENV, type Env } from '../../../config/env.js';
import { blankForm, type FormModel } from '../../../web/forms/form.js';
import { translator } from '../../../web/i18n/translate.js';
import { formatInstant } from '../../../web/format.js';
import { FigureLooks } from '../figure-looks.js';
import type { TalkView } from './coaching.schemas.js';
import { TalkCaseQueries } from './talk-case.queries.js';
import { arrangementValues } from './talk-form.js';
import { isUnderWay, mayMove } from './talk-state.rules.js';
import { TalkQueries } from './talk.queries.js';
import { workedWith } from './talk-viewer.js';

/** The page of a talk as its coach and the secretariat see it. */
@Injectable()
export class TalkModel {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly talks: TalkQueries,
    private readonly cases: TalkCaseQueries,
    private readonly looks: FigureLooks,
  ) {}

  /** The look at the figures is noted. @throws DomainError `not_found` for everybody else, and for a coach once it has ended */
  async of(talkId: number, principal: Principal, form?: FormModel) {
    const talk = await this.talks.find(workedWith(principal), talkId);
    const isCoach = talk.coachId === principal.personId;
    await this.looks.record(principal, [talk.agentId], 'talk', isCoach ? 'coach' : 'secretariat');
    return {
      pageTitle: translator(principal.language)('coaching.talkWith', { name: talk.agentName }),
      talk,
      isCoach,
      isSecretariat: seesAll(principal),
      case: await this.cases.ofTalk(talkId),
      form: form ?? blankForm(arrangementValues(talk, this.env.TZ_NAME)),
      proposals: talk.times.map((time) => ({
        value: time,
        label: formatInstant(new Date(time), principal.language, this.env.TZ_NAME),
      })),
      isUnderWay: isUnderWay(talk.state),
      mayEnd: this.mayEnd(talk),
      mayCorrect: seesAll(principal) && ['held', 'not_held'].includes(talk.state),
    };
  }

  /** Asked once the time has come, or where no time was noted. */
  private mayEnd({ state, startsAt }: TalkView): boolean {
    return (
      mayMove(state, 'held') &&
      isUnderWay(state) &&
      (startsAt === null || new Date(startsAt) <= this.clock.now())
    );
  }
}
