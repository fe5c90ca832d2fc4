import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../common/access/principal.js';
import { Clock } from '../../../common/clock.js';
import { localDateOf } from '../../../common/local-date.js';
import { blankForm, type FormModel } from '../../../web/forms/form.js';
import { formatMonth } from '../../../web/format.js';
import { translator } from '../../../web/i18n/translate.js';
import { MunicipalityQueries } from '../../municipalities/index.js';
import { FigureLooks } from '../figure-looks.js';
import type { Month } from '../month.rules.js';
import { QualityPolicies } from '../policy/quality-policies.js';
import type { ClosingChoice } from './closing-choice.rules.js';
import { carried } from './closing-form.js';
import { reasonField } from './closing-form.rules.js';
import { EXCLUSION_REASONS } from './exclusion.rules.js';
import { MonthPreviews } from './month-previews.js';
import type { PreviewItem } from './closing.schemas.js';
import type { PreviewView } from './month-preview.schemas.js';
import { NoticeSamples } from './notice-samples.js';

/** So many agents stand on a page. */
const AT_ONCE = 100;

const NOTHING: ClosingChoice = { excluded: [], included: [] };

/** What the page of a month is asked for. */
export interface MonthPageRequest {
  principal: Principal;
  language: string;
  cursor?: string | undefined;
  /** What has been said about single agents so far. */
  choice?: ClosingChoice;
  form?: FormModel;
}

/** What the page of a month shows; that somebody looked at figures of single agents is noted. */
@Injectable()
export class MonthPageModel {
  constructor(
    private readonly clock: Clock,
    private readonly previews: MonthPreviews,
    private readonly policies: QualityPolicies,
    private readonly municipalities: MunicipalityQueries,
    private readonly samples: NoticeSamples,
    private readonly looks: FigureLooks,
  ) {}

  /** The preview of a month with its form. */
  async of(month: Month, { principal, language, cursor, choice, form }: MonthPageRequest) {
    const preview = await this.previews.of(month, { limit: AT_ONCE, cursor });
    await this.looks.record(principal, MonthPreviews.agentsIn(preview), 'preview');
    const policy = await this.policies.current();
    const rows = await this.rowsOf(preview.items, choice ?? NOTHING, form);
    const of = (outcome: string) => rows.filter((row) => row.outcome === outcome);
    return {
      ...preview,
      pageTitle: formatMonth(month, language),
      cursor,
      policy,
      hits: of('hit'),
      followUps: of('follow_up'),
      watched: of('watch'),
      sentence: sentenceOf(preview, language),
      reasons: EXCLUSION_REASONS,
      samples: policy ? this.samples.of(policy, language) : [],
      form: form ?? blankForm(),
      carried: form?.lists?.['shown'] ? carriedAgain(form) : carried(choice ?? NOTHING),
    };
  }

  private async rowsOf(items: readonly PreviewItem[], choice: ClosingChoice, form?: FormModel) {
    const all = await this.municipalities.list(localDateOf(this.clock.now()));
    const names = new Map(all.map(({ code, name }) => [code, name]));
    const typed = form?.lists?.['shown'] ? form : undefined;
    return items.map((item) => {
      const field = reasonField(item.agentId);
      const said = choice.excluded.find(({ agentId }) => agentId === item.agentId)?.reason;
      return {
        ...item,
        municipalityName: names.get(item.municipalityCode)!,
        field,
        fault: form?.errors[field],
        reason: typed ? typed.values[field] : said,
        hasTick: typed ? (typed.lists!['tick'] ?? []).includes(String(item.agentId)) : hasTick(item, choice),
      };
    });
  }
}

/** What was said on the pages before, as a form that is shown again carries it on. */
function carriedAgain({ lists }: FormModel) {
  return { out: lists?.['out'] ?? [], in: lists?.['in'] ?? [] };
}

function hasTick({ agentId, isTicked }: PreviewItem, { excluded, included }: ClosingChoice): boolean {
  if (excluded.some((one) => one.agentId === agentId)) return false;
  return isTicked || included.includes(agentId);
}

/** Why the month cannot be closed, in words; months by their names. */
function sentenceOf(
  { fault, missingMonths, month, appliesFrom }: PreviewView,
  language: string,
): string | null {
  if (fault === null) return null;
  const name = (one: Month) => formatMonth(one, language);
  return translator(language)(`problem.${fault}`, {
    months: missingMonths.map(name).join(', '),
    month: name(month),
    appliesFrom: appliesFrom === null ? '' : name(appliesFrom),
  });
}
