import { CaseWriter } from './case-writer.js';
import { ClosingConfirmation } from './closing-confirmation.js';
import { ClosingMonths } from './closing-months.js';
import { ClosingQueries } from './closing.queries.js';
import { ClosingTrail } from './closing-trail.js';
import { ClosingUndoService } from './closing-undo.service.js';
import { CorrectedCases } from './corrected-cases.js';
import { EarlierClosingQueries } from './earlier-closings.queries.js';
import { FigureHistories } from './figure-histories.js';
import { MonthAssessments } from './month-assessments.js';
import { MonthClosingService } from './month-closing.service.js';
import { MonthClosingsController } from './month-closings.controller.js';
import { MonthPageModel } from './month-page.model.js';
import { MonthPages } from './month.pages.js';
import { MonthPreviews } from './month-previews.js';
import { MonthsPages } from './months.pages.js';
import { NoticeSamples } from './notice-samples.js';
import { PreviewItems } from './preview-items.js';
import { ResolutionMonthsController } from './resolution-months.controller.js';

/** What closes a month; the quality module provides it. */
export const CLOSING_PROVIDERS = [
  CaseWriter,
  ClosingConfirmation,
  ClosingMonths,
  ClosingQueries,
  ClosingTrail,
  ClosingUndoService,
  CorrectedCases,
  EarlierClosingQueries,
  FigureHistories,
  MonthAssessments,
  MonthClosingService,
  MonthPageModel,
  MonthPreviews,
  NoticeSamples,
  PreviewItems,
];

/** Its routes. */
export const CLOSING_CONTROLLERS = [
  MonthClosingsController,
  MonthPages,
  MonthsPages,
  ResolutionMonthsController,
];
