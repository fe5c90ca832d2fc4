import { Controller, Get, Req } from '@nestjs/common';
import { RolesOrLink } from '../../../common/access/access.decorator.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { requestLanguage } from '../../../web/i18n/request-language.js';
import { Page } from '../../../web/render/page.decorator.js';
import { PublishedSurveys } from './published-surveys.js';

/** What the agents are told of the survey they have answered: "you said, we do". */
@Controller('mit/trivsel')
export class MineSurveyPages {
  constructor(private readonly published: PublishedSurveys) {}

  @Get()
  @RolesOrLink('agent')
  @Page('wellbeing/mine')
  async show(@Req() request: AppRequest) {
    return { surveys: await this.published.list(requestLanguage(request)) };
  }
}
