import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { DomainError } from '../../../common/domain-error.js';
import { localDateOf } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { Idempotency, type IdempotentCall } from '../../../database/idempotency.js';
import { execute, insertRow } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import type { CoachingTalk } from '../entities/coaching-talk.entity.js';
import { CoachQueries, type CoachRow } from './coach.queries.js';
import { coachFault, proposedCoach } from './coach.rules.js';
import type { NewTalk, OfferedTalk } from './coaching.schemas.js';
import { OfferGround, type OfferedCase } from './offer-ground.js';
import { TalkOffers } from './talk-offers.js';
import { refusePast } from './talk-time.rules.js';

/** Half an hour is enough for a talk that nobody has to prepare. */
const USUAL_MINUTES = 30;

/** Offers an agent a talk with somebody from elsewhere. */
@Injectable()
export class TalkOfferService {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly idempotency: Idempotency,
    private readonly ground: OfferGround,
    private readonly coaches: CoachQueries,
    private readonly offers: TalkOffers,
  ) {}

  /**
   * Offers a talk on a case, or prepares it where the leader has not been told yet. Without a coach named, the one is asked who has
   * had the fewest talks.
   * @throws DomainError `not_found`, `case_ended`, `talk_under_way`, `no_coach_available`, `coach_not_granted`,
   * `coach_same_municipality`, `coach_is_leader`, `coach_is_agent`, `invalid_talk`
   */
  offer(caseId: number, wish: NewTalk, byPersonId: number, call: IdempotentCall): Promise<OfferedTalk> {
    const startsAt = wish.startsAt ? new Date(wish.startsAt) : null;
    return this.idempotency.run(call, async (tx) => {
      refusePast('startsAt', startsAt, this.clock.now());
      const ground = await this.ground.hold(tx, caseId);
      const coach = await this.coachFor(tx, ground, wish.coachId, startsAt);
      const id = await this.insert(tx, ground, coach, { ...wish, startsAt }, byPersonId);
      // One that the secretariat offers it finds relevant, whatever was said before.
      await execute(tx, 'UPDATE quality_case SET isTalkRelevant = ? WHERE id = ?', [true, caseId]);
      await this.offers.begun(tx, id, byPersonId);
      return {
        id,
        caseId,
        coachId: coach.personId,
        coachName: coach.name,
        state: ground.firstState,
        startsAt: startsAt?.toISOString() ?? null,
        minutes: wish.minutes ?? USUAL_MINUTES,
        link: wish.link ?? null,
        version: 1,
      };
    });
  }

  private async coachFor(
    tx: Tx,
    { agent }: OfferedCase,
    wishedId: number | undefined,
    startsAt: Date | null,
  ): Promise<CoachRow> {
    const on = localDateOf(startsAt ?? this.clock.now(), this.env.TZ_NAME);
    const coaches = await this.coaches.all(tx, on);
    if (wishedId === undefined) {
      const proposed = proposedCoach(coaches, agent);
      if (!proposed) throw new DomainError('no_coach_available', 'rule');
      return proposed;
    }
    const wished = coaches.find(({ personId }) => personId === wishedId);
    const fault = wished ? coachFault(wished, agent) : 'coach_not_granted';
    if (fault) throw new DomainError(fault, 'rule', { faults: [{ field: 'coachId', code: fault }] });
    return wished!;
  }

  private insert(
    tx: Tx,
    { id, agentId, agent, firstState }: OfferedCase,
    coach: CoachRow,
    { startsAt, minutes, link }: Pick<NewTalk, 'minutes' | 'link'> & { startsAt: Date | null },
    byPersonId: number,
  ): Promise<number> {
    const now = this.clock.now();
    return insertRow<CoachingTalk>(tx, 'coaching_talk', {
      caseId: id,
      openCaseId: id,
      agentId,
      agentMunicipalityCode: agent.municipalityCode,
      coachPersonId: coach.personId,
      coachMunicipalityCode: coach.municipalityCode,
      state: firstState,
      startsAt,
      minutes: minutes ?? USUAL_MINUTES,
      link: link ?? null,
      sequence: 0,
      nextStep: null,
      offeredByPersonId: byPersonId,
      createdAt: now,
      offeredAt: firstState === 'offered' ? now : null,
      endedAt: null,
      version: 1,
    });
  }
}
