import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { RolesOrLink } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { DomainError } from '../../../common/domain-error.js';
import { id } from '../../../common/fields.js';
import { parseForm } from '../../../web/forms/form.js';
import { Page } from '../../../web/render/page.decorator.js';
import { SeeOther } from '../../../web/render/page-reply.js';
import { OwnInvitationsService, type AnswerOutcome } from './own-invitations.service.js';

const answerForm = z.object({ answer: z.enum(['ja', 'nej']) });

const DONE: Record<AnswerOutcome, string> = {
  booked: 'invitation_booked',
  waitlisted: 'invitation_waitlisted',
  declined: 'invitation_declined',
};

/** An agent answers an invitation to an onboarding day. */
@Controller('mit/invitation/:invitee')
@RolesOrLink('agent')
export class OwnInvitationPages {
  constructor(private readonly invitations: OwnInvitationsService) {}

  @Get()
  @Page('onboarding-days/invitation')
  async show(@Param('invitee', { schema: id }) inviteeId: number, @Current() principal: Principal) {
    return { invitation: await this.invitations.find(inviteeId, principal.agentId) };
  }

  @Post()
  @Page('onboarding-days/invitation')
  async answer(
    @Param('invitee', { schema: id }) inviteeId: number,
    @Body() body: unknown,
    @Current() principal: Principal,
  ) {
    const { answer } = parseForm(answerForm, body);
    try {
      const outcome = await this.invitations.answer(inviteeId, answer === 'ja' ? 'yes' : 'no', principal);
      return new SeeOther(`/mit?done=${DONE[outcome]}`);
    } catch (error) {
      // Somebody was quicker, or the booking is over: the page tells how it stands now.
      if (!(error instanceof DomainError) || !['conflict', 'rule'].includes(error.kind)) throw error;
      return new SeeOther(`/mit/invitation/${inviteeId}`);
    }
  }
}
