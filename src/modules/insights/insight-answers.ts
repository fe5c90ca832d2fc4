import { Injectable } from '@nestjs/common';
import type { Principal } from '../../common/access/principal.js';
import { seesAll } from '../../common/access/scope.js';
import { DomainError } from '../../common/domain-error.js';
import { queryString } from '../../web/query-string.js';
import { Definitions, type Asked } from './definitions.js';
import { forViewer, isPublishable, type Viewer } from './disclosure/for-viewer.rules.js';
import { INSIGHT_KEYS, type Finding, type InsightKey, type NotAnswerable } from './insight.js';
import type { InsightFilters, InsightView } from './insights.schemas.js';
import { MunicipalityNames } from './municipality-names.js';
import { InsightResults, type Result } from './results/insight-results.js';
import { InsightWords, verdictIn } from './telling/insight-words.js';

/** What was asked, and what of the answer the viewer may know. */
export interface Answer {
  asked: Asked;
  finding: Finding;
  view: InsightView;
}

/** Answers questions to whoever asks: as much as the viewer may know, in the viewer's language. */
@Injectable()
export class InsightAnswers {
  constructor(
    private readonly definitions: Definitions,
    private readonly results: InsightResults,
    private readonly names: MunicipalityNames,
  ) {}

  /** All questions as they are usually asked, one after the other: each may take a while to be reckoned. */
  async all(principal: Principal, language: string): Promise<InsightView[]> {
    const views: InsightView[] = [];
    for (const key of INSIGHT_KEYS) views.push((await this.of(key, {}, principal, language)).view);
    return views;
  }

  /** One answer. @throws DomainError `not_found` and those of `Definitions.of` */
  async of(key: string, filters: InsightFilters, principal: Principal, language: string): Promise<Answer> {
    const known = INSIGHT_KEYS.find((one) => one === key);
    if (!known) throw new DomainError('not_found', 'not_found');
    const asked = await this.definitions.of(known, filters, principal);
    const result = await this.results.of(asked.definition);
    const finding = forViewer(result.finding, viewerOf(principal));
    const view = await this.viewOf(
      asked,
      filters,
      { ...result, finding },
      isShareable(result.finding, asked),
      language,
    );
    return { asked, finding, view };
  }

  private async viewOf(
    { definition }: Asked,
    filters: InsightFilters,
    { finding, dataAsOf, isCurrent }: Result,
    publishable: boolean,
    language: string,
  ): Promise<InsightView> {
    const { key, version, threshold } = definition;
    const words = new InsightWords(language);
    const names = await this.names.all();
    const { effect, groupUnit, groups, figures, municipalities, notes, notAnswerable } = finding;
    const path = `/api/v1/insights/${key}`;
    const query = Object.values(filters).some((value) => value !== undefined)
      ? queryString({ ...filters })
      : '';
    return {
      key,
      title: words.of(key, 'title'),
      question: words.of(key, 'question', threshold === null ? {} : { threshold }),
      sentence: words.sentence(key, finding, threshold),
      publishable,
      verdict: effect && key !== 'time-to-ready' ? verdictIn(effect) : null,
      effect,
      groupUnit,
      groups: groups.map((group) => {
        const { args: _, ...shown } = group;
        return { ...shown, label: words.group(group) };
      }),
      figures: figures.map((figure) => ({ ...figure, label: words.figure(figure) })),
      municipalities: municipalities.map(({ code, ...one }) => ({
        municipalityCode: code,
        municipality: names.get(code) ?? code,
        ...one,
      })),
      notes: notes.filter(({ args }) => args['n'] !== 0).map((note) => words.note(note)),
      method: words.of(key, 'method'),
      alternatives: words.alternatives(key),
      doesNotProve: words.of(key, 'does_not_prove'),
      definition: {
        version,
        filters: filtersOf(definition),
        dataAsOf: dataAsOf.toISOString(),
        isCurrent,
        seed: null,
      },
      ...(notAnswerable && { notAnswerable: toldReason(notAnswerable, key) }),
      chart: `${path}/chart.svg${query}`,
      data: `${path}/data.csv${query}`,
    };
  }
}

/** Also the wave itself must have been published. */
function isShareable(finding: Finding, { wave }: Asked): boolean {
  return isPublishable(finding) && (wave?.isPublished ?? true);
}

function viewerOf(principal: Principal): Viewer {
  return seesAll(principal) ? { kind: 'all' } : { kind: 'leader', codes: principal.municipalityCodes };
}

function filtersOf({
  from,
  to,
  threshold,
  surveyId,
}: Asked['definition']): Record<string, string | number | null> {
  const filters = { from, to, threshold, survey: surveyId };
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== null));
}

/** Where nearly everybody took part, the same people before and after tell more than the few who did not. */
function toldReason(
  { reason, n }: NotAnswerable,
  key: InsightKey,
): NonNullable<InsightView['notAnswerable']> {
  const isSplit = ['few_without', 'few_with', 'few_calls'].includes(reason);
  const aboutDay = key === 'onboarding-resolution' || key === 'high-resolution';
  return {
    reason,
    n,
    seeInstead: isSplit && aboutDay ? 'before-after-onboarding' : null,
  };
}
