import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '../../../common/access/principal.js';
import { localDateOf } from '../../../common/local-date.js';
import { Clock } from '../../../common/clock.js';
import { ENV, type Env } from '../../../config/env.js';
import { blankForm, type FormModel } from '../../../web/forms/form.js';
import { NextStepService } from './next-step.service.js';
import { PROPOSALS } from './talk-form.js';
import type { TalkView } from './coaching.schemas.js';
import { isBooked, isUnderWay } from './talk-state.rules.js';
import { stillAhead } from './talk-time.rules.js';
import { TalkQueries } from './talk.queries.js';
import { offeredTo } from './talk-viewer.js';

/** The pages of an agent's own talks. */
@Injectable()
export class OwnTalkModel {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly talks: TalkQueries,
    private readonly steps: NextStepService,
  ) {}

  /** All of them, newest first. */
  async list(principal: Principal) {
    const { items } = await this.talks.list(offeredTo(principal), { limit: 50 });
    return { talks: items };
  }

  /** One of them, with forms that were refused. @throws DomainError `not_found` for anybody else */
  async of(talkId: number, principal: Principal, forms: { times?: FormModel; step?: FormModel } = {}) {
    const talk = this.withoutPastOffer(await this.talks.find(offeredTo(principal), talkId));
    const nextStep = await this.steps.read(talkId, principal);
    return {
      talk,
      nextStep,
      isOffered: talk.state === 'offered',
      isUnderWay: isUnderWay(talk.state),
      isBooked: isBooked({ state: talk.state, startsAt: talk.startsAt ? new Date(talk.startsAt) : null }),
      timesForm: forms.times ?? blankForm(),
      stepForm: forms.step ?? blankForm({ nextStep: nextStep ?? '' }),
      proposals: PROPOSALS,
      today: localDateOf(this.clock.now(), this.env.TZ_NAME),
    };
  }

  /** A time that was offered and has gone by is not asked about. */
  private withoutPastOffer(talk: TalkView): TalkView {
    const isPast = talk.startsAt !== null && !stillAhead(new Date(talk.startsAt), this.clock.now());
    return talk.state === 'offered' && isPast ? { ...talk, startsAt: null } : talk;
  }
}
