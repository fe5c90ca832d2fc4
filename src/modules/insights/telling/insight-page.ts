import { chartView, type ChartView } from '../../../web/charts/chart-size.js';
import { formatInstant } from '../../../web/format.js';
import { translator } from '../../../web/i18n/translate.js';
import type { InsightKey } from '../insight.js';
import type { InsightView } from '../insights.schemas.js';
import { InsightWords } from './insight-words.js';

/** Surveys have their own figures by municipality. */
const WITHOUT_MUNICIPALITIES: readonly InsightKey[] = ['claimed-real', 'wellbeing-onboarding'];

/** A question with its answer in short. */
export interface Card {
  key: InsightKey;
  title: string;
  question: string;
  sentence: string;
  isAnswered: boolean;
  publishable: boolean;
}

/** A number as a page shows it. */
interface ShownNumber {
  value: string;
  /** Null where there is no interval. */
  low: string | null;
  high: string | null;
}

/** What a card shows. */
export function cardOf({ key, title, question, sentence, notAnswerable, publishable }: InsightView): Card {
  return { key, title, question, sentence, isAnswered: !notAnswerable, publishable };
}

/** The view model of a whole story. */
export function storyOf(view: InsightView, language: string, publicUrl: string) {
  const words = new InsightWords(language);
  const show = shownBy(words);
  const { groupUnit } = view;
  return {
    ...view,
    effectShown: view.effect && show(view.effect, view.effect.unit),
    groupRows: view.groups.map((group) => ({ ...group, ...show(group, groupUnit) })),
    figureRows: view.figures.map((figure) => ({ ...figure, ...show(figure, figure.unit) })),
    municipalityRows: view.municipalities.map((one) => ({
      ...one,
      ...show(one, view.key === 'time-to-ready' ? 'days' : groupUnit),
    })),
    effectLabel: words.of(view.key, 'effect'),
    hasNumbers: view.figures.length > 0 || (view.effect !== null && view.key !== 'time-to-ready'),
    hasMunicipalities: WITHOUT_MUNICIPALITIES.every((key) => key !== view.key),
    hasCalls: view.groups.some(({ calls }) => calls !== null),
    picture: pictureOf(view, words),
    seeInstead: view.notAnswerable?.seeInstead && {
      key: view.notAnswerable.seeInstead,
      title: words.of(view.notAnswerable.seeInstead, 'title'),
    },
    shareText: view.publishable ? shareText(view, language, publicUrl) : null,
  };
}

/** The chart, with the groups in words for whoever does not see it. */
function pictureOf(view: InsightView, words: InsightWords): ChartView {
  const values = view.groups.map(({ label, value }) => `${label}: ${words.number(value, view.groupUnit)}`);
  // Not the API's: that speaks the language the browser was installed in.
  return chartView(view.chart.replace('/api/v1/insights', '/indsigter'), [view.title, ...values].join('. '));
}

/** What stands on the leaders' network page: the answer, what it does not prove, and where it comes from. */
function shareText(view: InsightView, language: string, publicUrl: string): string {
  const t = translator(language);
  const asOf = formatInstant(new Date(view.definition.dataAsOf), language);
  return [
    view.question,
    view.sentence,
    view.doesNotProve,
    `${t('insight.dataAsOf')} ${asOf}. ${publicUrl}/indsigter/${view.key}`,
  ].join('\n\n');
}

function shownBy(words: InsightWords) {
  return (one: { value: number; low: number | null; high: number | null }, unit: string): ShownNumber => {
    const text = (value: number | null) => (value === null ? null : words.number(value, unit));
    return { value: text(one.value)!, low: text(one.low), high: text(one.high) };
  };
}
