import { Body, Controller, Get, Inject, Param, Post, Req } from '@nestjs/common';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { id } from '../../../common/fields.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { idempotentCall } from '../../../common/http/idempotent.decorator.js';
import { ENV, type Env } from '../../../config/env.js';
import { formWithErrors, parseForm } from '../../../web/forms/form.js';
import { requestLanguage } from '../../../web/i18n/request-language.js';
import { Page } from '../../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../../web/render/page-reply.js';
import { nextStep } from './coaching.schemas.js';
import { NextStepService } from './next-step.service.js';
import { OwnTalkModel } from './own-talk-model.js';
import { TalkAnswerService, type TalkAnswer } from './talk-answer.service.js';
import { atTalkFields, readTimes } from './talk-form.js';

/** An agent's own talks: yes, no, other times, and what the agent means to do next. */
@Controller('mit/samtaler')
@Roles('agent')
export class OwnTalksPages {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly model: OwnTalkModel,
    private readonly answers: TalkAnswerService,
    private readonly steps: NextStepService,
  ) {}

  @Get()
  @Page('quality/own-talks')
  list(@Current() principal: Principal) {
    return this.model.list(principal);
  }

  @Get(':id')
  @Page('quality/own-talk')
  show(@Param('id', { schema: id }) talkId: number, @Current() principal: Principal) {
    return this.model.of(talkId, principal);
  }

  @Post(':id/ja')
  @Page('quality/own-talk')
  accept(
    @Param('id', { schema: id }) talkId: number,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    return this.answer(talkId, { answer: 'accept' }, principal, request);
  }

  @Post(':id/nej')
  @Page('quality/own-talk')
  decline(
    @Param('id', { schema: id }) talkId: number,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    return this.answer(talkId, { answer: 'decline' }, principal, request);
  }

  @Post(':id/tider')
  @Page('quality/own-talk')
  async propose(
    @Param('id', { schema: id }) talkId: number,
    @Body() body: unknown,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    try {
      const typed = readTimes(body, this.env.TZ_NAME);
      const times = typed.map(({ time }) => time);
      return await atTalkFields(
        () => this.answer(talkId, { answer: 'accept', times }, principal, request),
        typed,
      );
    } catch (error) {
      const form = formWithErrors(body, error, requestLanguage(request));
      return new PageReply(await this.model.of(talkId, principal, { times: form }), 400);
    }
  }

  @Post(':id/skridt')
  @Page('quality/own-talk')
  async write(
    @Param('id', { schema: id }) talkId: number,
    @Body() body: unknown,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    try {
      await this.steps.write(talkId, parseForm(nextStep.strip(), body).nextStep, principal);
      return new SeeOther(`/mit/samtaler/${talkId}?done=next_step_saved`);
    } catch (error) {
      const form = formWithErrors(body, error, requestLanguage(request));
      return new PageReply(await this.model.of(talkId, principal, { step: form }), 400);
    }
  }

  @Post(':id/skridt/slet')
  @Page('quality/own-talk')
  async remove(@Param('id', { schema: id }) talkId: number, @Current() principal: Principal) {
    await this.steps.write(talkId, null, principal);
    return new SeeOther(`/mit/samtaler/${talkId}?done=next_step_deleted`);
  }

  private async answer(talkId: number, answer: TalkAnswer, principal: Principal, request: AppRequest) {
    await this.answers.answer(talkId, answer, principal, idempotentCall(request, undefined));
    const done = answer.answer === 'decline' ? 'talk_declined' : 'talk_accepted';
    return new SeeOther(`/mit/samtaler/${talkId}?done=${done}`);
  }
}
