import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../common/access/principal.js';
import { DomainError } from '../../../common/domain-error.js';
import { SurveyQueries, type SurveyView } from '../waves/survey.queries.js';
import type { Breakdown } from './breakdowns.rules.js';
import { ResultQueries, type ComparedItem, type ResultItem } from './result.queries.js';
import { SurveyLooks } from './survey-looks.js';

/** What a wave came to; while it is not closed nothing but how many have answered. */
export interface SurveyResultsView {
  id: number;
  state: SurveyView['state'];
  k: number;
  by: Breakdown;
  responseRate: number | null;
  responseRateOn: string | null;
  invited?: number | null;
  answered?: number | null;
  items?: ResultItem[];
}

/** Shows results, and writes down who has looked. */
@Injectable()
export class SurveyResults {
  constructor(
    private readonly surveys: SurveyQueries,
    private readonly results: ResultQueries,
    private readonly looks: SurveyLooks,
  ) {}

  /** @throws DomainError `not_found`, `forbidden` */
  async of(
    surveyId: number,
    by: Breakdown,
    principal: Principal,
    language: string,
  ): Promise<SurveyResultsView> {
    const survey = await this.surveys.find(principal, surveyId);
    const { id, state, k, responseRate, responseRateOn } = survey;
    const head = { id, state, k, by, responseRate, responseRateOn };
    if (!isClosed(survey)) return head;
    const items = await this.results.of(survey, by, principal, language);
    await this.looks.record(principal, surveyId);
    return { ...head, invited: survey.invited, answered: survey.answered, items };
  }

  /** @throws DomainError `not_found`, `survey_no_baseline`, `survey_not_closed` */
  async comparison(
    baseId: number | undefined,
    withId: number,
    principal: Principal,
    language: string,
  ): Promise<{ base: SurveyName; with: SurveyName; items: ComparedItem[] }> {
    const later = await this.surveys.find(principal, withId);
    const base = baseId ? await this.surveys.find(principal, baseId) : await this.surveys.baseline(principal);
    if (!base) throw new DomainError('survey_no_baseline', 'rule');
    if (!isClosed(base) || !isClosed(later)) throw new DomainError('survey_not_closed', 'conflict');
    const items = await this.results.comparison(base, later, principal, language);
    for (const { id } of [base, later]) await this.looks.record(principal, id);
    return { base: nameOf(base), with: nameOf(later), items };
  }
}

/** A wave by its name. */
export interface SurveyName {
  id: number;
  title: string;
  year: number;
}

function nameOf({ id, title, year }: SurveyView): SurveyName {
  return { id, title, year };
}

function isClosed({ state }: SurveyView): boolean {
  return state === 'closed' || state === 'published';
}
