/** The scale of a question: its lowest and highest answer, and which end is good. */
export interface SurveyScale {
  lowest: number;
  highest: number;
  /** Whether a higher answer is the better one. */
  higherIsBetter: boolean;
}

/**
 * An answer, or a mean of answers, on 0 to 100 where 100 is best. The map is straight, so a mean may be turned over before or
 * after (as in the Copenhagen Psychosocial Questionnaire: Pejtersen, Kristensen, Borg & Bjorner, Scandinavian Journal of Public
 * Health 38 suppl. 3 (2010) 8–24).
 * @throws RangeError when the scale has no width or the answer lies outside it
 */
export function onHundred(answer: number, scale: SurveyScale): number {
  const { lowest, highest, higherIsBetter } = scale;
  if (!(highest > lowest) || !(answer >= lowest && answer <= highest)) {
    throw new RangeError(`${answer} is not on a scale of ${lowest} to ${highest}`);
  }
  const up = (100 * (answer - lowest)) / (highest - lowest);
  return higherIsBetter ? up : 100 - up;
}

/** A standard deviation of answers as one on 0 to 100. */
export function spreadOnHundred(sd: number, { lowest, highest }: SurveyScale): number {
  return (100 * sd) / (highest - lowest);
}

/**
 * The mean of one person's answers to the questions of a dimension, each on 0 to 100; null when fewer than half were answered
 * (the rule of the Copenhagen Psychosocial Questionnaire, as above).
 */
export function dimensionScore(answers: readonly (number | null)[]): number | null {
  const given = answers.filter((answer) => answer !== null);
  if (given.length === 0 || given.length * 2 < answers.length) return null;
  return given.reduce((sum, answer) => sum + answer, 0) / given.length;
}

/**
 * The response rate in whole percent, rounded down to steps of five, so that one more answer seldom shows and all having answered
 * shows only when it is so.
 * @returns null when nobody was invited
 */
export function steppedResponseRate(answered: number, invited: number): number | null {
  return invited === 0 ? null : Math.floor((20 * answered) / invited) * 5;
}
