import type { Count } from '../../../common/statistics/two-proportions.rules.js';
import { together, type AgentCalls } from '../calls/agent-calls.rules.js';
import { compareRates } from '../calls/compared-rates.rules.js';
import type { Finding } from '../insight.js';
import { slopeOf } from './elearning.rules.js';

/** How many guides an agent was to have read before a shift, and how many were. */
export interface Reading {
  due: number;
  inTime: number;
}

/** With fewer guides a share says little. */
const FEWEST_GUIDES = 3;
/** Nine in ten. */
const IN_TIME = { part: 9, whole: 10 };

const NAMES = { with: 'read_in_time', without: 'read_late' };

/** Whether agents who read guides before the shift that asks for them resolve more calls at once than those who do not. */
export function guidesResolution(
  agents: readonly AgentCalls[],
  reading: ReadonlyMap<number, Reading>,
): Finding {
  const asked: AgentCalls[] = [];
  const graded: (Count & { x: number })[] = [];
  for (const agent of agents) {
    const read = reading.get(agent.agentId);
    const calls = together(agent.without, agent.with);
    if (!read || read.due < FEWEST_GUIDES || calls === null) continue;
    const isInTime = read.inTime * IN_TIME.whole >= read.due * IN_TIME.part;
    asked.push({ ...agent, with: isInTime ? calls : null, without: isInTime ? null : calls });
    graded.push({ successes: calls.successes, trials: calls.trials, x: (10 * read.inTime) / read.due });
  }
  const compared = compareRates(asked, NAMES);
  return {
    ...compared,
    figures: [...compared.figures, ...slopeOf('reading', graded)],
    notes: [
      ...compared.notes,
      { key: 'few_guides_left_out', args: { n: agents.length - asked.length, guides: FEWEST_GUIDES } },
    ],
  };
}
