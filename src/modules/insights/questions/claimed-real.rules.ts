import { wilson } from '../../../common/statistics/wilson.rules.js';
import { inPoints } from '../calls/compared-rates.rules.js';
import { FEWEST_PEOPLE, unanswered, type Figure, type Finding, type FindingGroup } from '../insight.js';
import { cohensKappa } from '../../../common/statistics/kappa.rules.js';
import {
  mcnemar,
  pairedDifference,
  type PairedCounts,
} from '../../../common/statistics/paired-proportions.rules.js';

/** The share of yes among some respondents, as the wave's results show it; null where they do not. */
export interface ClaimShare {
  answers: number;
  /** From 0 to 100. */
  mean: number;
}

/** What is known of one claim. */
export interface ClaimFacts {
  /** Of all who answered. */
  all: ClaimShare | null;
  /** Of those who are registered as having taken part. */
  registered: ClaimShare | null;
  /** Of those who are not. */
  notRegistered: ClaimShare | null;
  /** Everybody who worked as an agent when the wave was held, and how many of them had taken part. */
  register: { people: number; tookPart: number };
}

/** What a wave says of both claims. */
export interface ClaimedFacts {
  elearning: ClaimFacts;
  day: ClaimFacts;
}

/**
 * Whether agents say of their e-learning what is registered of it. Where answers carry stamps, the same people are compared; else the
 * share of all answers stands beside that of the register, and they are not the same people.
 */
export function claimedReal(facts: ClaimedFacts | null): Finding {
  if (facts === null) return unanswered('share', 'no_wave', 0);
  const { elearning } = facts;
  if (elearning.all === null) return unanswered('share', 'hidden', 0);
  const pairs = pairsOf(elearning);
  return pairs ? linked(pairs, facts.day) : sideBySide(elearning.all, elearning.register);
}

/** The agreement of the same people, or null where the answers cannot be linked or a side is hidden. */
export function pairsOf({ registered, notRegistered }: ClaimFacts): PairedCounts | null {
  if (registered === null || notRegistered === null) return null;
  const both = yesIn(registered);
  const onlyFirst = yesIn(notRegistered);
  return {
    both,
    onlyFirst,
    onlySecond: registered.answers - both,
    neither: notRegistered.answers - onlyFirst,
  };
}

function linked(pairs: PairedCounts, day: ClaimFacts): Finding {
  const { both, onlyFirst, onlySecond, neither } = pairs;
  const people = both + onlyFirst + onlySecond + neither;
  const dayPairs = pairsOf(day);
  return {
    effect: inPoints(pairedDifference(pairs)!),
    groupUnit: 'share',
    groups: [shareOf('claimed', both + onlyFirst, people), shareOf('registered', both + onlySecond, people)],
    figures: [...agreementOf('', pairs), ...(dayPairs ? agreementOf('day_', dayPairs) : [])],
    notes: [{ key: 'linked', args: { n: people } }],
    municipalities: [],
    table: agreementTable(pairs),
    notAnswerable: null,
  };
}

function agreementOf(prefix: string, pairs: PairedCounts): Figure[] {
  const { both, onlyFirst, onlySecond, neither } = pairs;
  const kappa = cohensKappa([
    [both, onlyFirst],
    [onlySecond, neither],
  ]);
  const difference = pairedDifference(pairs)!;
  const agreement = wilson(both + neither, both + onlyFirst + onlySecond + neither)!;
  const figures: Figure[] = [
    {
      key: `${prefix}agreement`,
      value: agreement.rate,
      low: agreement.low,
      high: agreement.high,
      unit: 'share',
    },
    { key: `${prefix}mcnemar`, value: mcnemar(pairs).midP, low: null, high: null, unit: 'probability' },
  ];
  if (kappa)
    figures.push({
      key: `${prefix}kappa`,
      value: kappa.value,
      low: kappa.low,
      high: kappa.high,
      unit: 'kappa',
    });
  return prefix === '' ? figures : [{ key: `${prefix}difference`, ...inPoints(difference) }, ...figures];
}

/** How many said what; the four numbers only where none of them is of one to four people, and the shares anyway. */
function agreementTable({ both, onlyFirst, onlySecond, neither }: PairedCounts): Finding['table'] {
  const cells = [both, onlyFirst, onlySecond, neither];
  const isShown = cells.every((cell) => cell === 0 || cell >= FEWEST_PEOPLE);
  const row = (group: string, yes: number, no: number) => [
    group,
    yes + no,
    isShown ? yes : null,
    isShown ? no : null,
    yes / (yes + no),
  ];
  return {
    columns: ['group', 'people', 'say_yes', 'say_no', 'share_yes'],
    rows: [row('registered', both, onlySecond), row('not_registered', onlyFirst, neither)],
  };
}

function sideBySide(all: ClaimShare, { people, tookPart }: ClaimFacts['register']): Finding {
  const claimed = shareOf('claimed', yesIn(all), all.answers);
  if (people < FEWEST_PEOPLE) return unanswered('share', 'no_register', people);
  const share = tookPart / people;
  // Everybody is in the register: it is no sample and has no interval.
  const registered: FindingGroup = {
    key: 'registered_all',
    people,
    calls: null,
    value: share,
    low: null,
    high: null,
  };
  return {
    effect: null,
    groupUnit: 'share',
    groups: [claimed, registered],
    figures: [],
    notes: [{ key: 'not_linked', args: {} }],
    municipalities: [],
    table: {
      columns: ['group', 'people', 'share_yes'],
      rows: [
        ['claimed', claimed.people, claimed.value],
        ['registered_all', people, share],
      ],
    },
    notAnswerable: null,
  };
}

function shareOf(key: string, yes: number, people: number): FindingGroup {
  const { rate, low, high } = wilson(yes, people)!;
  return { key, people, calls: null, value: rate, low, high };
}

function yesIn({ answers, mean }: ClaimShare): number {
  return Math.round((answers * mean) / 100);
}
