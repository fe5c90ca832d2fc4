import type { Direction } from '../results/scale.rules.js';

/** A question before it is part of a wave. */
export interface QuestionPlan {
  questionKey: string;
  dimension: string;
  dimensionDa: string;
  dimensionEn: string;
  kind: 'scale' | 'text';
  scaleMin: number;
  scaleMax: number;
  direction: Direction;
  textDa: string;
  textEn: string;
  labelsDa: readonly string[];
  labelsEn: readonly string[];
}

type Words = readonly string[];
type Asked = readonly [questionKey: string, textDa: string, textEn: string];

const OFTEN_DA = ['Aldrig', 'Sjældent', 'Sommetider', 'Ofte', 'Altid'];
const OFTEN_EN = ['Never', 'Seldom', 'Sometimes', 'Often', 'Always'];
const AGREE_DA = ['Helt uenig', 'Uenig', 'Hverken eller', 'Enig', 'Helt enig'];
const AGREE_EN = ['Strongly disagree', 'Disagree', 'Neither', 'Agree', 'Strongly agree'];

/**
 * The questions a new wave begins with. They are our own, written for agents of a hotline and under the licence of this repository. The
 * dimensions are the usual ones of research on the psychosocial work environment (compare Burr et al. 2019 on COPSOQ III). COPSOQ's own
 * items are not used: its licence (CC BY-NC-ND 4.0) does not allow them to be changed, and results of these questions must not be
 * compared with its reference values. None of them is about health.
 */
export const SURVEY_TEMPLATE: readonly QuestionPlan[] = [
  ...often('workload', 'Arbejdsmængde', 'Workload', 'lower', [
    [
      'workload_behind',
      'Hvor ofte er der så travlt på en DDH-vagt, at du kommer bagud?',
      'How often is a DDH shift so busy that you fall behind?',
    ],
    [
      'workload_pauses',
      'Hvor ofte mangler du tid til at trække vejret mellem to samtaler?',
      'How often do you lack time to catch your breath between two calls?',
    ],
  ]),
  ...often('hard_calls', 'Svære samtaler', 'Hard calls', 'lower', [
    [
      'hard_calls_angry',
      'Hvor ofte taler du med borgere, der er vrede eller kede af det?',
      'How often do you talk to citizens who are angry or upset?',
    ],
    [
      'hard_calls_alone',
      'Hvor ofte står du alene med en svær samtale bagefter?',
      'How often are you left alone with a hard call afterwards?',
    ],
  ]),
  ...often('influence', 'Indflydelse', 'Influence', 'higher', [
    [
      'influence_way',
      'Hvor ofte har du indflydelse på, hvordan du løser dine samtaler?',
      'How often do you have a say in how you solve your calls?',
    ],
    [
      'influence_shifts',
      'Hvor ofte bliver der lyttet til dine ønsker til vagter?',
      'How often are your wishes for shifts listened to?',
    ],
  ]),
  ...agree('role_clarity', 'Klare opgaver', 'Clear tasks', 'higher', [
    [
      'role_expected',
      'Jeg ved, hvad der forventes af mig på en DDH-vagt.',
      'I know what is expected of me on a DDH shift.',
    ],
    ['role_transfer', 'Jeg ved, hvornår jeg skal stille om.', 'I know when to transfer a call.'],
  ]),
  ...agree('guides', 'Guides og oplæring', 'Guides and training', 'higher', [
    [
      'guides_find',
      'Jeg kan finde svaret i guides, mens borgeren er i røret.',
      'I can find the answer in the guides while the citizen is on the line.',
    ],
    ['guides_prepared', 'Jeg er klædt på til de samtaler, jeg får.', 'I am prepared for the calls I get.'],
  ]),
  ...agree('colleagues', 'Kolleger', 'Colleagues', 'higher', [
    [
      'colleagues_help',
      'Jeg kan få hjælp af en kollega, når jeg er i tvivl.',
      'A colleague helps me when I am in doubt.',
    ],
    [
      'colleagues_belong',
      'Jeg føler mig som en del af DDH på tværs af kommuner.',
      'I feel part of DDH across municipalities.',
    ],
  ]),
  ...agree('leadership', 'Nærmeste leder', 'Immediate leader', 'higher', [
    [
      'leadership_time',
      'Min leder sætter tid af til det, DDH kræver.',
      'My leader sets aside time for what DDH takes.',
    ],
    [
      'leadership_interest',
      'Min leder interesserer sig for mine DDH-vagter.',
      'My leader takes an interest in my DDH shifts.',
    ],
  ]),
  ...agree('recognition', 'Anerkendelse', 'Recognition', 'higher', [
    [
      'recognition_work',
      'Mit arbejde på hotlinen bliver anerkendt.',
      'My work on the hotline is recognised.',
    ],
    [
      'recognition_heard',
      'Der sker noget, når jeg siger, at noget kan blive bedre.',
      'Something happens when I say that something could be better.',
    ],
  ]),
  ...agree('meaning', 'Mening', 'Meaning', 'higher', [
    [
      'meaning_help',
      'Det, jeg gør på hotlinen, hjælper borgerne.',
      'What I do on the hotline helps citizens.',
    ],
    ['meaning_glad', 'Jeg er glad for mine DDH-vagter.', 'I am glad of my DDH shifts.'],
  ]),
  ...yesNo('claimed_elearning', 'Siger, de har gennemført e-læringen', 'Say they completed the e-learning', [
    [
      'claimed_elearning',
      'Har du gennemført e-læringen for agenter?',
      'Have you completed the e-learning for agents?',
    ],
  ]),
  ...yesNo('claimed_day', 'Siger, de har været på onboardingdag', 'Say they attended an onboarding day', [
    [
      'claimed_day',
      'Har du været med på en onboardingdag i Aarhus?',
      'Have you taken part in an onboarding day in Aarhus?',
    ],
  ]),
  {
    ...asked('comment', 'comment', 'Med dine egne ord', 'In your own words', 'neutral'),
    kind: 'text',
    textDa:
      'Hvad ville gøre den største forskel for dig? Skriv ikke noget, der viser, hvem du eller andre er.',
    textEn: 'What would make the greatest difference to you? Write nothing that shows who you or others are.',
  },
];

function often(key: string, da: string, en: string, direction: Direction, questions: readonly Asked[]) {
  return scaled(key, da, en, direction, questions, [1, OFTEN_DA, OFTEN_EN]);
}

function agree(key: string, da: string, en: string, direction: Direction, questions: readonly Asked[]) {
  return scaled(key, da, en, direction, questions, [1, AGREE_DA, AGREE_EN]);
}

function yesNo(key: string, da: string, en: string, questions: readonly Asked[]) {
  return scaled(key, da, en, 'neutral', questions, [0, ['Nej', 'Ja'], ['No', 'Yes']]);
}

function scaled(
  dimension: string,
  da: string,
  en: string,
  direction: Direction,
  questions: readonly Asked[],
  [scaleMin, labelsDa, labelsEn]: [number, Words, Words],
): QuestionPlan[] {
  return questions.map(([questionKey, textDa, textEn]) => ({
    ...asked(questionKey, dimension, da, en, direction),
    scaleMin,
    scaleMax: scaleMin + labelsDa.length - 1,
    textDa,
    textEn,
    labelsDa,
    labelsEn,
  }));
}

function asked(
  questionKey: string,
  dimension: string,
  dimensionDa: string,
  dimensionEn: string,
  direction: Direction,
): QuestionPlan {
  return {
    questionKey,
    dimension,
    dimensionDa,
    dimensionEn,
    kind: 'scale',
    scaleMin: 0,
    scaleMax: 1,
    direction,
    textDa: '',
    textEn: '',
    labelsDa: [],
    labelsEn: [],
  };
}
