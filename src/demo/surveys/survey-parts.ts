import { Injectable } from '@nestjs/common';
import {
  AnswerWriter,
  ClosingService,
  ImportedResults,
  SurveyMailing,
  SurveyMails,
  SurveyQueries,
  SurveyWriter,
} from '../../modules/wellbeing/index.js';

/** How a wave ends. */
@Injectable()
export class WaveEnds {
  constructor(
    readonly closing: ClosingService,
    readonly results: ImportedResults,
  ) {}
}

/** What the demonstration writes its surveys with: the same that the product uses. */
@Injectable()
export class SurveyParts {
  constructor(
    readonly writer: SurveyWriter,
    readonly surveys: SurveyQueries,
    readonly mailing: SurveyMailing,
    readonly mails: SurveyMails,
    readonly answers: AnswerWriter,
    readonly ends: WaveEnds,
  ) {}
}
