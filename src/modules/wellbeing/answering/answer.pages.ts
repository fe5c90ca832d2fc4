import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import { Anonymous } from '../../../common/access/access.decorator.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { Quiet } from '../../../common/http/quiet.decorator.js';
import { blankForm, formWithErrors, type FormModel } from '../../../web/forms/form.js';
import { requestLanguage } from '../../../web/i18n/request-language.js';
import { Page } from '../../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../../web/render/page-reply.js';
import { AnswerService, type OpenedLink } from './answer.service.js';
import { answerModel } from './answer-model.js';

/** The box is ticked when the form comes; a browser sends nothing for one that is not. */
const TICKED = { stamps: 'on' };

/**
 * Answers a wave by the link of a mail. Whoever comes is not looked at: no session, no line in the log, no count in the metrics. Opening
 * the link changes nothing, since mail scanners open links too.
 */
@Controller('trivsel/svar/:token')
export class AnswerPages {
  constructor(private readonly answers: AnswerService) {}

  @Get()
  @Anonymous()
  @Quiet()
  @Page('wellbeing/answer')
  async show(@Param('token') token: string, @Req() request: AppRequest) {
    const link = await this.answers.find(token);
    return this.model(token, link, request, blankForm(TICKED));
  }

  @Post()
  @Anonymous()
  @Quiet()
  @Page('wellbeing/answer')
  async answer(@Param('token') token: string, @Body() body: unknown, @Req() request: AppRequest) {
    const link = await this.answers.find(token);
    if (link.state !== 'open') return this.model(token, link, request, blankForm());
    const given = (body ?? {}) as Record<string, unknown>;
    try {
      await this.answers.submit(token, link.surveyId, given, given['stamps'] === 'on');
      return new SeeOther(`/trivsel/svar/${encodeURIComponent(token)}`);
    } catch (error) {
      const form = formWithErrors(body, error, languageOf(request, link));
      return new PageReply(await this.model(token, link, request, form), 400);
    }
  }

  private async model(token: string, link: OpenedLink, request: AppRequest, form: FormModel) {
    if (link.state !== 'open') return { state: link.state };
    const questions = await this.answers.questions(link.surveyId);
    return {
      ...link,
      pageTitle: link.title,
      token,
      form,
      keepsStamps: form.values['stamps'] === 'on',
      topics: answerModel(questions, form, languageOf(request, link)),
    };
  }
}

/** The page comes in the language of the mail, until the reader chooses another. */
function languageOf(request: AppRequest, link: OpenedLink) {
  if (link.state === 'open') request.mailLanguage = link.language;
  return requestLanguage(request);
}
