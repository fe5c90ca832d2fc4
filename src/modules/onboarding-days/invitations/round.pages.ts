import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { DomainError } from '../../../common/domain-error.js';
import { id } from '../../../common/fields.js';
import { parseForm } from '../../../web/forms/form.js';
import { Page } from '../../../web/render/page.decorator.js';
import { SeeOther } from '../../../web/render/page-reply.js';
import { LeaderAnswersService } from './leader-answers.service.js';
import { RoundModel } from './round.model.js';
import { RoundReminderService } from './round-reminder.service.js';

const query = z.object({
  vis: z.enum(['alle', 'mangler']).default('alle').catch('alle'),
  cursor: z.string().max(500).optional().catch(undefined),
});
const ids = z.array(id).max(5000).default([]);
const answers = z.object({ shown: ids, yes: ids });

/** A round of invitations: leaders say who may go, the secretariat sees how it goes. */
@Controller('onboardingdage/runder/:id')
export class RoundPages {
  constructor(
    private readonly model: RoundModel,
    private readonly leaders: LeaderAnswersService,
    private readonly reminders: RoundReminderService,
  ) {}

  @Get()
  @Roles('leader', 'secretariat')
  @Page('onboarding-days/round')
  show(
    @Param('id', { schema: id }) roundId: number,
    @Query({ schema: query }) filter: z.output<typeof query>,
    @Current() principal: Principal,
  ) {
    return this.model.of(roundId, principal, filter);
  }

  /** Of those that were shown, the ticked ones may go and the others not. */
  @Post()
  @Roles('leader')
  @Page('onboarding-days/round')
  async answer(
    @Param('id', { schema: id }) roundId: number,
    @Body() body: unknown,
    @Current() principal: Principal,
  ) {
    try {
      await this.leaders.answer(roundId, parseForm(answers, body, ['shown', 'yes']), principal);
    } catch (error) {
      // The page tells that it is too late.
      if (!(error instanceof DomainError && error.code === 'round_closed')) throw error;
      return new SeeOther(`/onboardingdage/runder/${roundId}`);
    }
    return new SeeOther(`/onboardingdage/runder/${roundId}?done=round_answered`);
  }

  @Post('paamind')
  @Roles('secretariat')
  @Page('onboarding-days/round')
  async remind(@Param('id', { schema: id }) roundId: number, @Current() principal: Principal) {
    const asked = await this.reminders.remind(roundId, principal);
    const done = asked > 0 ? 'leaders_reminded' : 'no_leader_reminded';
    return new SeeOther(`/onboardingdage/runder/${roundId}?done=${done}`);
  }
}
