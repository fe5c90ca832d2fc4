import type { AgentCalls } from '../calls/agent-calls.rules.js';
import { together } from '../calls/agent-calls.rules.js';
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
  const asked = agents.flatMap((agent) => {
    const read = reading.get(agent.agentId);
    const calls = together(agent.without, agent.with);
    return read && read.due >= FEWEST_GUIDES && calls ? [{ agent, read, calls }] : [];
  });
  const compared = compareRates(
    asked.map(({ agent, read, calls }) => {
      const isInTime = read.inTime * IN_TIME.whole >= read.due * IN_TIME.part;
      return { ...agent, with: isInTime ? calls : null, without: isInTime ? null : calls };
    }),
    NAMES,
  );
  const graded = asked.map(({ read, calls }) => ({ ...calls, x: (10 * read.inTime) / read.due }));
  return {
    ...compared,
    figures: [...compared.figures, ...slopeOf('reading', graded)],
    notes: [
      ...compared.notes,
      { key: 'few_guides_left_out', args: { n: agents.length - asked.length, guides: FEWEST_GUIDES } },
    ],
  };
}
