import type { Translator } from '../../../web/i18n/translate.js';
import type { Breakdown } from './breakdowns.rules.js';

const WORDS: Record<string, string> = {
  'tenure under_1_year': 'survey.group.short',
  'tenure 1_to_3_years': 'survey.group.middle',
  'tenure over_3_years': 'survey.group.long',
  'completed 1': 'survey.group.completed',
  'completed 0': 'survey.group.notCompleted',
  'attended 1': 'survey.group.attended',
  'attended 0': 'survey.group.notAttended',
};

/** A group in the reader's words; null for all together, the key itself for one that has no words. */
export function groupLabel(by: Breakdown, key: string, t: Translator): string | null {
  if (key === '') return null;
  const word = WORDS[`${by} ${key}`];
  return word ? t(word) : key;
}
