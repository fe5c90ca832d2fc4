import { Module } from '@nestjs/common';
import { AgentCallsQueries } from './calls/agent-calls.queries.js';
import { Definitions } from './definitions.js';
import { InsightAnswers } from './insight-answers.js';
import { InsightWarmer } from './insight-warmer.js';
import { InsightsController } from './insights.controller.js';
import { InsightsPages } from './insights.pages.js';
import { MunicipalityNames } from './municipality-names.js';
import { QuestionAnswers } from './question-answers.js';
import { QuestionDataQueries } from './questions/question-data.queries.js';
import { SurveyFactsQueries } from './questions/survey-facts.queries.js';
import { DataFingerprints } from './results/data-fingerprints.js';
import { InsightResults } from './results/insight-results.js';

/** Questions to the data of all modules, answered with their doubts; it reads the tables of others and writes only its own. */
@Module({
  controllers: [InsightsController, InsightsPages],
  providers: [
    AgentCallsQueries,
    QuestionDataQueries,
    SurveyFactsQueries,
    QuestionAnswers,
    DataFingerprints,
    InsightResults,
    MunicipalityNames,
    Definitions,
    InsightAnswers,
    InsightWarmer,
  ],
})
export class InsightsModule {}
