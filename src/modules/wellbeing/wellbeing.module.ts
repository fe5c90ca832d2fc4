import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/index.js';
import { AuditModule } from '../audit/index.js';
import { ImportsModule } from '../imports/index.js';
import { MunicipalitiesModule } from '../municipalities/index.js';
import { NotificationsModule } from '../notifications/index.js';
import { OnboardingModule } from '../onboarding/index.js';
import { PrivacyModule } from '../privacy/index.js';
import { AnswerPages } from './answering/answer.pages.js';
import { AnswerService } from './answering/answer.service.js';
import { AnswerWriter } from './answering/answer-writer.js';
import { AskedAgents } from './answering/asked-agents.js';
import { InvitationService } from './answering/invitation.service.js';
import { SurveyMailing } from './answering/survey-mailing.js';
import { SurveyMails } from './answering/survey-mails.js';
import { WaveClock } from './answering/wave-clock.js';
import { WaveOpening } from './answering/wave-opening.js';
import { WaveSecrets } from './answering/wave-secrets.js';
import { ImportWriting } from './imports/import-writing.js';
import { SurveyImportPages } from './imports/survey-import.pages.js';
import { SurveyImportQueries } from './imports/survey-import.queries.js';
import { SurveyImportService } from './imports/survey-import.service.js';
import { SurveyImportsController } from './imports/survey-imports.controller.js';
import { ClosingService } from './results/closing.service.js';
import { CommentQueries } from './results/comment.queries.js';
import { ImportedResults } from './results/imported-results.js';
import { MineSurveyPages } from './results/mine-survey.pages.js';
import { PublicationService } from './results/publication.service.js';
import { PublishedSurveys } from './results/published-surveys.js';
import { ResultQueries } from './results/result.queries.js';
import { ResultWriter } from './results/result-writer.js';
import { SurveyLooks } from './results/survey-looks.js';
import { SurveyResults } from './results/survey-results.js';
import { SurveyListPages } from './waves/survey-list.pages.js';
import { SurveyModel } from './waves/survey-model.js';
import { SurveyPages } from './waves/survey.pages.js';
import { SurveyQueries } from './waves/survey.queries.js';
import { SurveyService } from './waves/survey.service.js';
import { SurveyWriter } from './waves/survey-writer.js';
import { SurveysController } from './waves/surveys.controller.js';
import { WellbeingPersonalData } from './wellbeing-personal-data.js';

/** The wellbeing survey: waves, answers that belong to nobody, and figures that tell nothing of a few. */
@Module({
  imports: [
    AgentsModule,
    AuditModule,
    ImportsModule,
    MunicipalitiesModule,
    NotificationsModule,
    OnboardingModule,
    PrivacyModule,
  ],
  // Paths with a fixed part must be known before those with a key in its place.
  controllers: [
    SurveysController,
    SurveyImportsController,
    AnswerPages,
    SurveyListPages,
    SurveyImportPages,
    SurveyPages,
    MineSurveyPages,
  ],
  providers: [
    SurveyWriter,
    SurveyService,
    SurveyQueries,
    SurveyModel,
    WaveSecrets,
    WaveOpening,
    WaveClock,
    SurveyMails,
    SurveyMailing,
    AskedAgents,
    InvitationService,
    AnswerWriter,
    AnswerService,
    ResultWriter,
    ImportedResults,
    ClosingService,
    PublicationService,
    PublishedSurveys,
    ResultQueries,
    CommentQueries,
    SurveyLooks,
    SurveyResults,
    ImportWriting,
    SurveyImportService,
    SurveyImportQueries,
    WellbeingPersonalData,
  ],
  exports: [
    SurveyWriter,
    AskedAgents,
    SurveyMailing,
    SurveyMails,
    SurveyQueries,
    AnswerWriter,
    ClosingService,
    ImportedResults,
  ],
})
export class WellbeingModule {}
