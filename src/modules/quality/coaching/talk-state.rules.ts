/** How far a talk is. `held`, `not_held` and `declined` are the outcomes that are counted. */
export const TALK_STATES = ['offered', 'accepted', 'declined', 'held', 'not_held', 'cancelled'] as const;

/** How far a talk is. */
export type TalkState = (typeof TALK_STATES)[number];
