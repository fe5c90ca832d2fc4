import { addMonths, monthsFrom, type Month } from '../../src/modules/quality/index.js';
import type { SimulatedAgent } from './insights.js';

/** The calls of a group, reckoned one by one. */
export interface SlowGroup {
  people: number;
  calls: number;
  resolved: number;
}

/** Whether an agent worked somewhere in a month, by looking at each of its days. */
function isEmployed(agent: SimulatedAgent, month: Month): boolean {
  const days = Array.from({ length: 31 }, (_, n) => `${month}-${String(n + 1).padStart(2, '0')}`);
  return agent.periods.some(({ startOn, endOn }) =>
    days.some((day) => day >= startOn && (endOn === null || endOn === undefined || day <= endOn)),
  );
}

/** The calls of an agent before and after the month of an event, within a period, month by month. */
export function slowSides(agent: SimulatedAgent, event: Month | null, from: Month, to: Month) {
  const sides = { without: { calls: 0, resolved: 0 }, with: { calls: 0, resolved: 0 } };
  for (const month of monthsFrom(from, to)) {
    const calls = agent.calls[month];
    if (!calls || !isEmployed(agent, month) || month === event) continue;
    const side = event !== null && month > event ? sides.with : sides.without;
    side.calls += calls[0];
    side.resolved += calls[1];
  }
  return sides;
}

/** Both groups as the insight tells them. */
export function slowGroups(
  agents: readonly SimulatedAgent[],
  eventOf: (agent: SimulatedAgent) => Month | null,
  from: Month,
  to: Month,
): { with: SlowGroup; without: SlowGroup } {
  const groups = {
    with: { people: 0, calls: 0, resolved: 0 },
    without: { people: 0, calls: 0, resolved: 0 },
  };
  for (const agent of agents) {
    const sides = slowSides(agent, eventOf(agent), from, to);
    for (const side of ['with', 'without'] as const) {
      if (sides[side].calls === 0) continue;
      groups[side].people += 1;
      groups[side].calls += sides[side].calls;
      groups[side].resolved += sides[side].resolved;
    }
  }
  return groups;
}

/** The month an agent attended a day in. */
export const attendedMonth = (agent: SimulatedAgent): Month | null => agent.attendedOn?.slice(0, 7) ?? null;

/** Three years up to a month. */
export const threeYears = (to: Month): [Month, Month] => [addMonths(to, -35), to];
