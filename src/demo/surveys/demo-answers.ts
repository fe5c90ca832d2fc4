import {
  byDimension,
  dimensionAnswer,
  type AskedAgent,
  type KeptAnswers,
  type SurveyQuestionView,
} from '../../modules/wellbeing/index.js';
import type { DemoRandom } from '../full/demo-random.js';

/** How people answer on a scale from 1 to 5 when nothing is special about them. */
const USUAL: Record<string, number> = {
  workload: 3.1,
  hard_calls: 2.7,
  influence: 3.3,
  role_clarity: 4,
  guides: 3.5,
  colleagues: 3.9,
  leadership: 3.5,
  recognition: 3.2,
  meaning: 4.2,
};

/** Those who have been to an onboarding day know their way about: the effect that is built into the demonstration, in steps of the scale. */
export const BUILT_IN: Record<string, number> = { guides: 0.6, role_clarity: 0.4, colleagues: 0.5 };

const COMMENTS = [
  'Mere tid mellem samtalerne om mandagen.',
  'Det hjælper at kende de andre fra onboardingdagen.',
  'Guides er gode, men søgningen kunne være hurtigere.',
  'Gerne vagtplanen en uge før.',
  'Rart at kunne ringe til en kollega, når borgeren er ked af det.',
];

/** The answers of somebody in the demonstration: nearly everything is answered, and most claim what the register says. */
export function demoAnswers(
  questions: readonly SurveyQuestionView[],
  { isCompleted, hasAttended }: AskedAgent,
  stamps: string | null,
  random: DemoRandom,
): KeptAnswers {
  const claims: Record<string, number> = {
    claimed_elearning: isCompleted ? 0.97 : 0.3,
    claimed_day: hasAttended ? 0.98 : 0.1,
  };
  const person = (random.next() + random.next() - 1) * 0.9;
  const dimensions = byDimension(questions)
    .filter(() => random.chance(0.97))
    .map((own) => {
      const { dimension } = own[0]!;
      const usual = (USUAL[dimension] ?? 3) + (hasAttended ? (BUILT_IN[dimension] ?? 0) : 0);
      const value = () => Math.round(usual + person + (random.next() + random.next() - 1) * 1.6);
      const values = own.map(({ key }): [string, number] => [
        key,
        dimension in claims ? Number(random.chance(claims[dimension]!)) : Math.min(5, Math.max(1, value())),
      ]);
      return dimensionAnswer(own, Object.fromEntries(values));
    });
  const comments = random.chance(0.15) ? [{ questionKey: 'comment', comment: random.pick(COMMENTS) }] : [];
  return { dimensions, comments, stamps: random.chance(0.92) ? stamps : null };
}
