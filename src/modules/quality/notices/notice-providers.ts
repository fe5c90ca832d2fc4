import { CaseFacts } from './case-facts.js';
import { CaseLifecycle } from './case-lifecycle.js';
import { CaseMails } from './case-mails.js';
import { CaseProgress } from './case-progress.js';
import { CaseWriter } from './case-writer.js';
import { CorrectedFigure } from './corrected-figure.js';
import { DisputeAnswersService } from './dispute-answers.service.js';
import { DisputeQueries } from './dispute.queries.js';
import { DisputeService } from './dispute.service.js';
import { DisputesController } from './disputes.controller.js';
import { NoticeClock } from './notice-clock.js';
import { StreakCheck } from './streak-check.js';

/** Routes of cases, disputes and an agent's own figures. */
export const NOTICE_CONTROLLERS = [DisputesController];

/** What carries cases on, and what they show. */
export const NOTICE_PROVIDERS = [
  CaseFacts,
  CaseLifecycle,
  CaseMails,
  CaseProgress,
  CaseWriter,
  CorrectedFigure,
  DisputeAnswersService,
  DisputeQueries,
  DisputeService,
  NoticeClock,
  StreakCheck,
];
