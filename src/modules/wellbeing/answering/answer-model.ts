import type { FormModel } from '../../../web/forms/form.js';
import type { Language } from '../../../web/i18n/translate.js';
import type { Question } from '../waves/question.js';

/** The questions of a wave as a form shows them, topic by topic. */
export function answerModel(questions: readonly Question[], form: FormModel, language: Language) {
  const topics = [...new Set(questions.map(({ dimension }) => dimension))];
  return topics.map((topic) => {
    const own = questions.filter(({ dimension }) => dimension === topic);
    return {
      label: own[0]!.dimensionLabels[language],
      // The label of what somebody claims tells how it is counted; the question alone is enough there.
      isNamed: own[0]!.direction !== 'neutral',
      questions: own.map((question) => ({
        key: question.key,
        kind: question.kind,
        text: question.text[language],
        error: form.errors[question.key] ?? null,
        value: form.values[question.key] ?? '',
        choices: choicesOf(question, form.values[question.key], language),
      })),
    };
  });
}

function choicesOf({ kind, scale, labels, key }: Question, chosen: string | undefined, language: Language) {
  if (kind === 'text') return [];
  return Array.from({ length: scale.max - scale.min + 1 }, (_, n) => {
    const value = String(scale.min + n);
    return { id: `${key}-${value}`, value, label: labels[language][n] ?? value, isChosen: chosen === value };
  });
}
