import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../common/access/principal.js';
import { randomToken } from '../../../common/crypto.js';
import { formatNumber } from '../../../web/format.js';
import type { FormModel } from '../../../web/forms/form.js';
import { translator, toLanguage, type Translator } from '../../../web/i18n/translate.js';
import type { Breakdown } from '../results/breakdowns.rules.js';
import type { Change } from '../results/change.rules.js';
import { CommentQueries } from '../results/comment.queries.js';
import type { ComparedItem, ResultItem } from '../results/result.queries.js';
import { SurveyResults, type SurveyResultsView } from '../results/survey-results.js';
import { SurveyQueries, type SurveyView } from './survey.queries.js';

const TABS: readonly [Breakdown, string][] = [
  ['total', 'survey.by.total'],
  ['question', 'survey.by.question'],
  ['municipality', 'survey.by.municipality'],
  ['tenure', 'survey.by.tenure'],
  ['completed', 'survey.by.completed'],
  ['attended', 'survey.by.attended'],
];
const FOR_LEADERS = 3;

const WORDS: Record<Change['word'], string> = {
  better: 'survey.word.better',
  worse: 'survey.word.worse',
  higher: 'survey.word.higher',
  lower: 'survey.word.lower',
  no_certain_difference: 'survey.word.same',
  unknown: 'survey.word.unknown',
};

/** What the page of a wave shows. */
@Injectable()
export class SurveyModel {
  constructor(
    private readonly surveys: SurveyQueries,
    private readonly results: SurveyResults,
    private readonly comments: CommentQueries,
  ) {}

  /** @throws DomainError `not_found`, `forbidden` */
  async of(surveyId: number, by: Breakdown, principal: Principal, language: string, form: FormModel) {
    const survey = await this.surveys.find(principal, surveyId);
    const t = translator(language);
    const isStaff = principal.roles.includes('secretariat');
    const results = await this.results.of(surveyId, by, principal, language);
    return {
      pageTitle: survey.title,
      survey,
      isStaff,
      isClosed: results.items !== undefined,
      form,
      key: randomToken(),
      tabs: TABS.slice(0, isStaff ? TABS.length : FOR_LEADERS).map(([name, key]) => ({
        by: name,
        label: t(key),
        isCurrent: name === by,
      })),
      isGrouped: by !== 'total' && by !== 'question',
      heads: headsOf(results, language),
      rows: figuresOf(results, language),
      ...(by === 'total' && results.items && (await this.compared(survey, principal, language, t))),
      comments: isStaff ? await this.comments.of(survey) : null,
      questions: survey.state === 'draft' ? await this.asked(surveyId, language) : [],
    };
  }

  /** How it differs from the baseline, when there is another one. */
  private async compared(survey: SurveyView, principal: Principal, language: string, t: Translator) {
    const base = await this.surveys.baseline(principal);
    if (!base || base.id === survey.id) return {};
    const { items } = await this.results.comparison(base.id, survey.id, principal, language);
    return {
      base: { title: base.title, year: base.year },
      changes: items.map((item) => changeRow(item, language, t)),
      isSpreadAssumed: items.some(({ change }) => change?.isSpreadAssumed),
    };
  }

  private async asked(surveyId: number, language: string) {
    const questions = await this.surveys.questions(surveyId);
    const chosen = toLanguage(language);
    return questions.map(({ text, dimensionLabels }) => ({
      topic: dimensionLabels[chosen],
      text: text[chosen],
    }));
  }
}

/** How many were asked and answered, group by group. */
function headsOf({ items = [] }: SurveyResultsView, language: string) {
  return items
    .filter(({ parameter, group }) => parameter === '' && group !== null)
    .map(({ groupLabel, answers, invited, isHidden }) => ({
      group: groupLabel,
      isHidden,
      answers,
      invited,
      rate:
        answers !== null && invited ? formatNumber(Math.round((100 * answers) / invited), language) : null,
    }));
}

function figuresOf({ items = [] }: SurveyResultsView, language: string) {
  return items.filter(({ parameter }) => parameter !== '').map((item) => figureRow(item, language));
}

function figureRow({ label, groupLabel, isHidden, answers, mean, low, high }: ResultItem, language: string) {
  const whole = (value: number | null) => (value === null ? null : formatNumber(Math.round(value), language));
  return {
    label,
    group: groupLabel,
    isHidden,
    answers,
    mean: whole(mean),
    low: whole(low),
    high: whole(high),
  };
}

function changeRow({ label, base, with: later, change }: ComparedItem, language: string, t: Translator) {
  const points = (value: number) => {
    const text = formatNumber(Math.round(Math.abs(value) * 10) / 10, language);
    return value < 0 ? `−${text}` : text;
  };
  const whole = (value: number | null) => (value === null ? '–' : formatNumber(Math.round(value), language));
  return {
    label,
    before: whole(base.mean),
    after: whole(later.mean),
    difference: change && points(change.difference),
    interval:
      change?.low === undefined
        ? null
        : t('survey.fromTo', { from: points(change.low), to: points(change.high!) }),
    word: t(change ? WORDS[change.word] : 'survey.word.hidden'),
    isBetter: change?.word === 'better',
    isWorse: change?.word === 'worse',
  };
}
