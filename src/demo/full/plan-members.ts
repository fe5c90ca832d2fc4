import { addDays, type LocalDate } from '../../common/local-date.js';
import { nameAt } from '../demo-names.js';

/** A municipality with its period of membership. */
export interface PlannedMember {
  code: string;
  fromOn: LocalDate;
  toOn: LocalDate | null;
  /** How many agents it lends, compared with others. */
  weight: number;
}

/** A leader, and who takes the mails meanwhile. */
export interface PlannedLeader {
  firstName: string;
  lastName: string;
  email: string;
  municipalityCode: string;
  isFirst: boolean;
  deputyEmail: string | null;
}

const FOUNDERS = (
  '751 615 791 101 147 151 157 159 163 167 173 185 190 217 219 230 253 265 316 330 370 461 479 510 540 561 607 621 630 ' +
  '657 661 706 851'
).split(' ');
/** Joined in the half-years before last, the earliest first. */
const LATER = [
  ['730', '740'],
  ['746', '779', '787'],
  ['860', '813'],
];
const COMING = '580';
const FORMER = '329';
/** Cities lend more agents than others do. */
const WEIGHTS: Record<string, number> = {
  '751': 12,
  '101': 8,
  '461': 6,
  '851': 6,
  '561': 4,
  '615': 4,
  '791': 4,
};
const USUAL_WEIGHT = 2;

/** 40 members today, one that joins on the next 1 January and one that has left; the earliest first. */
export function planMembers(today: LocalDate): PlannedMember[] {
  const halfYears = pastHalfYears(today, 4);
  return [
    ...FOUNDERS.map((code) => member(code, '2024-01-01')),
    member(FORMER, '2024-01-01', addDays(halfYears[1]!, -1)),
    ...LATER.flatMap((codes, index) => codes.map((code) => member(code, halfYears[3 - index]!))),
    member(COMING, `${Number(today.slice(0, 4)) + 1}-01-01`),
  ];
}

function member(code: string, fromOn: LocalDate, toOn: LocalDate | null = null): PlannedMember {
  return { code, fromOn, toOn, weight: WEIGHTS[code] ?? USUAL_WEIGHT };
}

/** A first leader everywhere; in every third municipality a second one, who is the first one's deputy. */
export function planLeaders(members: readonly PlannedMember[]): PlannedLeader[] {
  return members.flatMap(({ code }, index) => {
    const hasSecond = index % 3 === 0;
    const firstEmail = `leder.${code}@vagtklar.test`;
    const secondEmail = `leder.${code}.2@vagtklar.test`;
    const leader = (email: string, n: number, isFirst: boolean, deputyEmail: string | null) => ({
      ...nameAt(n * 13 + 5),
      email,
      municipalityCode: code,
      isFirst,
      deputyEmail,
    });
    const first = leader(firstEmail, index, true, hasSecond ? secondEmail : null);
    return hasSecond ? [first, leader(secondEmail, index + members.length, false, firstEmail)] : [first];
  });
}

/** The latest days on which memberships begin, 1 January and 1 July, the latest first. */
function pastHalfYears(today: LocalDate, count: number): LocalDate[] {
  const year = Number(today.slice(0, 4));
  const days = [0, 1, 2, 3, 4].flatMap((back) => [`${year - back}-07-01`, `${year - back}-01-01`]);
  return days.filter((day) => day <= today).slice(0, count);
}
