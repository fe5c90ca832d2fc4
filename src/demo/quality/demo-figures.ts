import type { LocalDate } from '../../common/local-date.js';
import type { Month } from '../../modules/quality/index.js';
import { DemoRandom } from '../full/demo-random.js';

/** By how much an agent's true rate is higher in the months after that of the onboarding day. */
export const DEMO_ONBOARDING_EFFECT = 0.06;

/** An agent of a demonstration, as far as figures depend on it. */
export interface DemoCaller {
  id: number;
  email: string;
  /** The month of the onboarding day; null for whoever has not attended one. */
  attendedMonth: Month | null;
  periods: { startOn: LocalDate; endOn: LocalDate | null }[];
}

/** The calls of an agent in a month. */
export interface DemoFigure {
  agentId: number;
  month: Month;
  answered: number;
  resolved: number;
  warmTransferred: number;
  handlingSeconds: number;
}

const LOWEST_RATE = 0.53;
const SPREAD = 0.12;
const HOLIDAY_MONTH = '-07';

/**
 * The figures of an agent in the months in which the agent worked: always the same for the same agent.
 * @param planned the share resolved in some months, where a story is told; chance decides the others
 */
export function demoFigures(
  caller: DemoCaller,
  months: readonly Month[],
  planned: ReadonlyMap<Month, number> = new Map(),
): DemoFigure[] {
  const random = new DemoRandom(Number(/\d+/.exec(caller.email)?.[0] ?? 0) * 7_919);
  const own = LOWEST_RATE + SPREAD * random.next();
  const usual = random.int(28, 130);
  return months
    .filter((month) => worksThrough(caller, month))
    .flatMap((month) => {
      const isAway = random.chance(0.03);
      const answered = callsIn(month, usual, random);
      const chosen = planned.get(month);
      // A story needs the calls that it is about.
      if (isAway && chosen === undefined) return [];
      const resolved =
        chosen === undefined
          ? resolvedOf(answered, own + effectIn(month, caller), random)
          : Math.round(answered * chosen);
      const warmTransferred = Math.min(
        answered - resolved,
        Math.round(answered * (0.03 + 0.07 * random.next())),
      );
      const handlingSeconds = random.int(230, 470);
      return [{ agentId: caller.id, month, answered, resolved, warmTransferred, handlingSeconds }];
    });
}

function effectIn(month: Month, { attendedMonth }: DemoCaller): number {
  return attendedMonth !== null && month > attendedMonth ? DEMO_ONBOARDING_EFFECT : 0;
}

/** From the month after the first day to the one before the last. */
function worksThrough({ periods }: DemoCaller, month: Month): boolean {
  return periods.some(
    ({ startOn, endOn }) => startOn.slice(0, 7) < month && (endOn === null || endOn.slice(0, 7) > month),
  );
}

function callsIn(month: Month, usual: number, random: DemoRandom): number {
  const share = (month.endsWith(HOLIDAY_MONTH) ? 0.5 : 0.85) + 0.3 * random.next();
  return Math.max(12, Math.round(usual * share));
}

function resolvedOf(calls: number, rate: number, random: DemoRandom): number {
  let resolved = 0;
  for (let call = 0; call < calls; call += 1) if (random.chance(rate)) resolved += 1;
  return resolved;
}
