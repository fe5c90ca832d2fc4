/** How far a talk is. `held`, `not_held` and `declined` are the outcomes that are counted. */
export const TALK_STATES = ['offered', 'accepted', 'declined', 'held', 'not_held', 'cancelled'] as const;

/** How far a talk is. */
export type TalkState = (typeof TALK_STATES)[number];

/** What may happen to a talk: the state it leads to. */
export type TalkMove = Exclude<TalkState, 'offered'>;

const UNDER_WAY: readonly TalkState[] = ['offered', 'accepted'];
const OUTCOMES: readonly TalkState[] = ['held', 'not_held'];

/** Whether a talk may still come to pass. */
export function isUnderWay(state: TalkState): boolean {
  return UNDER_WAY.includes(state);
}

/**
 * Whether a move is possible. What is under way may go anywhere, an agent who said yes may still say no; what has ended stays as
 * it is, but that held and not held may be taken for each other. The same again is no fault: people click twice.
 */
export function mayMove(state: TalkState, move: TalkMove): boolean {
  return state === move || isUnderWay(state) || (OUTCOMES.includes(state) && OUTCOMES.includes(move));
}

/** Whether a talk stands in calendars: the agent has said yes and there is a time. */
export function isBooked({ state, startsAt }: { state: TalkState; startsAt: Date | null }): boolean {
  return state === 'accepted' && startsAt !== null;
}
