import type { ShiftReadiness } from '../board/shift-readiness.queries.js';

/** What a program is told of an agent; numbers and codes, no names. */
export interface ReadinessMessageBody {
  type: 'agent.ready' | 'agent.not_ready';
  timestamp: string;
  data: {
    agentId: number;
    /** The agent's id in the phone system, where there is one. */
    phoneSystemId: string | null;
    shift: { id: number; startsAt: string; endsAt: string };
    ready: boolean;
    isOverridden: boolean;
    reasons: { code: string; effect: string }[];
  };
}

/** The message about an agent and the next shift. */
export function messageOf(
  { agentId, shiftId, at, endsAt, ready, override, reasons }: ShiftReadiness,
  phoneSystemId: string | null,
  now: Date,
): ReadinessMessageBody {
  return {
    type: ready ? 'agent.ready' : 'agent.not_ready',
    timestamp: now.toISOString(),
    data: {
      agentId,
      phoneSystemId,
      shift: { id: shiftId, startsAt: at.toISOString(), endsAt: endsAt.toISOString() },
      ready,
      isOverridden: override !== null,
      reasons: reasons.map(({ code, effect }) => ({ code, effect })),
    },
  };
}
