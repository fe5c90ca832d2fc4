import type { CaseState } from '../notices/case-state.rules.js';

/**
 * How far a talk is. `prepared` is known to the secretariat alone: the agent is asked once the case is before the leader. `held`,
 * `not_held` and `declined` are the outcomes that are counted.
 */
export const TALK_STATES = [
  'prepared',
  'offered',
  'accepted',
  'declined',
  'held',
  'not_held',
  'cancelled',
] as const;

/** How far a talk is. */
export type TalkState = (typeof TALK_STATES)[number];

/** What may happen to a talk: the state it leads to. */
export type TalkMove = Exclude<TalkState, 'prepared' | 'offered'>;

const UNDER_WAY: readonly TalkState[] = ['prepared', 'offered', 'accepted'];
const OUTCOMES: readonly TalkState[] = ['held', 'not_held'];

/**
 * In which state a talk begins, given how far its case is: nobody is asked before the leader has been told, which the agent's own
 * look at the figures comes before. Null where the case has ended.
 */
export function firstState(state: CaseState): 'prepared' | 'offered' | null {
  if (state === 'notified') return 'offered';
  return state === 'closed' || state === 'withdrawn' ? null : 'prepared';
}

/** Whether a talk may still come to pass. */
export function isUnderWay(state: TalkState): boolean {
  return UNDER_WAY.includes(state);
}

/**
 * Whether a move is possible. What is prepared can only be taken back; what else is under way may go anywhere, an agent who said yes may still say no; what has ended stays as
 * it is, but that held and not held may be taken for each other. The same again is no fault: people click twice.
 */
export function mayMove(state: TalkState, move: TalkMove): boolean {
  if (state === 'prepared') return move === 'cancelled';
  return state === move || isUnderWay(state) || (OUTCOMES.includes(state) && OUTCOMES.includes(move));
}

/** Whether a talk stands in calendars: the agent has said yes and there is a time. */
export function isBooked({ state, startsAt }: { state: TalkState; startsAt: Date | null }): boolean {
  return state === 'accepted' && startsAt !== null;
}
