import { CaseTalksController } from './case-talks.controller.js';
import { CoachGrants } from './coach-grants.service.js';
import { CoachQueries } from './coach.queries.js';
import { CoachesController } from './coaches.controller.js';
import { CoachingPages } from './coaching.pages.js';
import { CoachingPersonalData } from './coaching-personal-data.js';
import { CoachingStatisticsController } from './coaching-statistics.controller.js';
import { CoachingStatisticsQueries } from './coaching-statistics.queries.js';
import { CoachingTalksController } from './coaching-talks.controller.js';
import { NextStepService } from './next-step.service.js';
import { OfferGround } from './offer-ground.js';
import { OwnTalkModel } from './own-talk-model.js';
import { OwnTalksController } from './own-talks.controller.js';
import { OwnTalksPages } from './own-talks.pages.js';
import { TalkAnswerService } from './talk-answer.service.js';
import { TalkCaseQueries } from './talk-case.queries.js';
import { TalkChangesService } from './talk-changes.service.js';
import { TalkClock } from './talk-clock.js';
import { PreparedTalks } from './prepared-talks.js';
import { TalkFollowUp } from './talk-follow-up.js';
import { TalkMails } from './talk-mails.js';
import { TalkModel } from './talk-model.js';
import { TalkOfferModel } from './talk-offer-model.js';
import { TalkOfferPages } from './talk-offer.pages.js';
import { TalkOfferService } from './talk-offer.service.js';
import { TalkOffers } from './talk-offers.js';
import { TalkPages } from './talk.pages.js';
import { TalkQueries } from './talk.queries.js';
import { TalkReasons } from './talk-reasons.js';
import { TalkRelevance } from './talk-relevance.service.js';
import { TalkWatch } from './talk-watch.js';
import { TalkWriter } from './talk-writer.js';

/** Routes of talks; those with a fixed part stand before those with a key in its place. */
export const COACHING_CONTROLLERS = [
  CoachesController,
  CaseTalksController,
  CoachingTalksController,
  OwnTalksController,
  CoachingStatisticsController,
  CoachingPages,
  TalkOfferPages,
  TalkPages,
  OwnTalksPages,
];

/** What offers, arranges and watches talks; the quality module provides it. */
export const COACHING_PROVIDERS = [
  CoachGrants,
  CoachQueries,
  CoachingPersonalData,
  CoachingStatisticsQueries,
  NextStepService,
  OfferGround,
  OwnTalkModel,
  TalkAnswerService,
  TalkCaseQueries,
  TalkChangesService,
  TalkClock,
  PreparedTalks,
  TalkFollowUp,
  TalkMails,
  TalkModel,
  TalkOfferModel,
  TalkOfferService,
  TalkOffers,
  TalkQueries,
  TalkReasons,
  TalkRelevance,
  TalkWatch,
  TalkWriter,
];
