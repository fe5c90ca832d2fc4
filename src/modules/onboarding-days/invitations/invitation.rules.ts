import type { LocalDate } from '../../../common/local-date.js';
import type { InvitationAnswer } from '../entities/invitee.entity.js';
import { isOpen, type PlannedDay } from '../onboarding-days.rules.js';

/** What settles an invitation without anybody's answer. */
export interface Circumstances {
  isEmployed: boolean;
  hasAttended: boolean;
  /** Whether the agent holds a seat or a place in line. */
  isBooked: boolean;
}

/** An invitation as its state follows from it. */
export interface Invited extends Circumstances {
  leaderAnswer: InvitationAnswer;
  agentAnswer: InvitationAnswer;
}

/** Where an invitation stands. */
export type InvitationState =
  /** Nothing is left to ask. */
  | 'departed'
  | 'attended'
  | 'booked'
  /** Said yes, and gave the seat up again. */
  | 'left'
  | 'declined'
  /** The leader has said no. */
  | 'refused'
  /** Somebody is to answer. */
  | 'leader_waiting'
  | 'agent_waiting';

/** Where an invitation stands: what has happened counts before what was answered. */
export function invitationState(invited: Invited): InvitationState {
  if (!invited.isEmployed) return 'departed';
  if (invited.hasAttended) return 'attended';
  if (invited.isBooked) return 'booked';
  if (invited.agentAnswer === 'yes') return 'left';
  if (invited.agentAnswer === 'no') return 'declined';
  if (invited.leaderAnswer === 'yes') return 'agent_waiting';
  return invited.leaderAnswer === 'no' ? 'refused' : 'leader_waiting';
}

const LEADER_DECIDES: readonly InvitationState[] = ['leader_waiting', 'refused', 'agent_waiting'];

/** Whether the leader may still say yes or no: until the agent has answered, and until the answer-by date, that day included. */
export function mayLeaderAnswer(
  state: InvitationState,
  round: { answerBy: LocalDate; day: PlannedDay },
  today: LocalDate,
): boolean {
  return LEADER_DECIDES.includes(state) && round.answerBy >= today && isOpen(round.day, today);
}

/** Whether the agent may still answer: as long as the day is booked; whoever said no may think better of it. */
export function mayAgentAnswer(
  { leaderAnswer, state }: { leaderAnswer: InvitationAnswer; state: InvitationState },
  day: PlannedDay,
  today: LocalDate,
): boolean {
  return leaderAnswer === 'yes' && ['agent_waiting', 'declined'].includes(state) && isOpen(day, today);
}

/** Why a round cannot ask for answers until that day. */
export function answerByFault(
  answerBy: LocalDate,
  day: Pick<PlannedDay, 'bookBy'>,
  today: LocalDate,
): 'in_the_past' | 'after_book_by' | undefined {
  if (answerBy < today) return 'in_the_past';
  return answerBy > day.bookBy ? 'after_book_by' : undefined;
}

/** Leaders are reminded at most once within this time. */
export const ROUND_PAUSE_MS = 24 * 3_600_000;
