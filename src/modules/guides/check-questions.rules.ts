/** A question asked before "read and understood"; nobody but the reader sees how it was answered. */
export interface CheckQuestion {
  question: string;
  answers: string[];
  /** Index of the right answer. */
  right: number;
}

/** The indices of the questions that are not answered rightly; all of them when there are no answers. */
export function wronglyAnswered(
  questions: readonly CheckQuestion[],
  answers: readonly (number | undefined)[],
): number[] {
  return questions.flatMap(({ right }, index) => (answers[index] === right ? [] : [index]));
}
