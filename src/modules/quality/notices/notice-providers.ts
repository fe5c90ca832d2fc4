import { CaseClosingService } from './case-closing.service.js';
import { CaseDetail } from './case-detail.js';
import { CaseFacts } from './case-facts.js';
import { CaseFigures } from './case-figures.js';
import { CaseLifecycle } from './case-lifecycle.js';
import { CaseMails } from './case-mails.js';
import { CasePageModel } from './case-page-model.js';
import { CaseProgress } from './case-progress.js';
import { CaseStepWriter } from './case-step-writer.js';
import { CaseTimeline } from './case-timeline.js';
import { CasePages } from './case.pages.js';
import { CaseQueries } from './case.queries.js';
import { CasesController } from './cases.controller.js';
import { DisputeAnswersService } from './dispute-answers.service.js';
import { DisputePages } from './dispute.pages.js';
import { DisputeQueries } from './dispute.queries.js';
import { DisputeRemoval } from './dispute-removal.js';
import { DisputeService } from './dispute.service.js';
import { DisputesController } from './disputes.controller.js';
import { NoticeClock } from './notice-clock.js';
import { OwnFiguresCard } from './own-figures-card.js';
import { OwnFiguresModel } from './own-figures-model.js';
import { OwnFiguresPages } from './own-figures.pages.js';
import { OwnFigures } from './own-figures.queries.js';
import { StreakCheck } from './streak-check.js';

/** Routes of cases, disputes and an agent's own figures. */
export const NOTICE_CONTROLLERS = [
  CasePages,
  CasesController,
  DisputePages,
  DisputesController,
  OwnFiguresPages,
];

/** What carries cases on, and what they show. */
export const NOTICE_PROVIDERS = [
  CaseClosingService,
  CaseDetail,
  CaseFacts,
  CaseFigures,
  CaseLifecycle,
  CaseMails,
  CasePageModel,
  CaseProgress,
  CaseQueries,
  CaseStepWriter,
  CaseTimeline,
  DisputeAnswersService,
  DisputeQueries,
  DisputeRemoval,
  DisputeService,
  NoticeClock,
  OwnFigures,
  OwnFiguresCard,
  OwnFiguresModel,
  StreakCheck,
];
