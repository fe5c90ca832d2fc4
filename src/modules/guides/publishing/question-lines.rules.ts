import type { CheckQuestion } from '../check-questions.rules.js';

/** A question of a form: an answer a line, the right one begins with a star. Without one star no answer is right. */
export function questionFrom(question: string, answers: string): CheckQuestion {
  const lines = answers
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const starred = lines.flatMap((line, index) => (line.startsWith('*') ? index : []));
  return {
    question: question.trim(),
    answers: lines.map((line) => line.replace(/^\*\s*/, '')),
    right: starred.length === 1 ? starred[0]! : -1,
  };
}

/** The answers of a question as a form shows them. */
export function questionLines({ answers, right }: CheckQuestion): string {
  return answers.map((answer, index) => (index === right ? `* ${answer}` : answer)).join('\n');
}
