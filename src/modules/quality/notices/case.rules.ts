import type { CaseEndReason, CaseState } from './case-state.rules.js';
import { isOfficeTime, workingDaysAfter } from './working-days.rules.js';

/** Somebody whose word holds a notice has at least so many working days left after it was answered. */
const DAYS_AFTER_ANSWER = 1;

/** A case as far as its next step depends on it. */
export interface CaseProgressed {
  state: CaseState;
  /** Before it, nobody is told and the closing can be undone. */
  agentNoticeAt: Date;
  agentToldAt: Date | null;
  /** Null until the agent has been told. */
  leaderNoticeAt: Date | null;
}

/** How far the mail to the agent is; a cancelled one was never sent, because the agent's address was changed. */
export type AgentMailState = 'on_its_way' | 'sent' | 'failed' | 'cancelled';

/** What is known around the case at the instant. */
export interface CaseCircumstances {
  /** Whether the agent works in the period that the case is about. */
  isEmployed: boolean;
  /** Whether the figures, as they are now, still lead to a notice. */
  isHit: boolean;
  /** Whether the agent has said that a figure of the streak is wrong, and nobody has answered. */
  isDisputed: boolean;
  /** The latest mail to the agent; null when there is none, or none any more. */
  agentMail: { state: AgentMailState; sentAt: Date | null } | null;
  /** For how many working days the agent alone sees the figures. */
  agentFirstDays: number;
}

/** Who is mailed. */
export type CaseMail = 'agent' | 'leader';

/** What becomes of a case. */
export interface CaseStep {
  state: CaseState;
  endReason: CaseEndReason | null;
  leaderNoticeAt: Date | null;
  mails: readonly CaseMail[];
}

/** How a case ends. */
export interface CaseEnd {
  state: CaseState;
  endReason: CaseEndReason;
}

/** An instant in the zone of the offices. */
export interface Moment {
  now: Date;
  zone: string;
}

/** The states in which the leader has not been told. */
export const BEFORE_LEADER = ['pending', 'with_agent', 'held'] as const satisfies readonly CaseState[];

/** The states in which a case has not ended. */
export const OPEN_STATES: readonly CaseState[] = [...BEFORE_LEADER, 'notified'];

/**
 * What becomes of a case at an instant; null when nothing does. The agent is told first, and the leader once the agent has had the
 * agreed working days since the mail went out (decision "Fairness"); whoever has left, and whoever the figures no longer hit, is
 * not mailed about, and the word that a figure is wrong holds the case until it is answered.
 */
export function nextStep(
  known: CaseProgressed,
  circumstances: CaseCircumstances,
  moment: Moment,
): CaseStep | null {
  if (!BEFORE_LEADER.some((state) => state === known.state)) return null;
  if (!circumstances.isEmployed) return withdrawn('left');
  if (moment.now < known.agentNoticeAt) return null;
  if (!circumstances.isHit) return withdrawn('figures_wrong');
  if (circumstances.isDisputed) return known.state === 'held' ? null : { ...still(known), state: 'held' };
  if (known.agentToldAt === null || circumstances.agentMail?.state === 'cancelled')
    return tellAgent(circumstances, moment);
  return known.state === 'held' ? goOn(known, moment) : tellLeader(known, circumstances, moment);
}

/** What becomes of a case whose agent leaves the municipality: what was not yet said is not said any more. */
export function endByDeparture(state: CaseState): CaseEnd | null {
  if (state === 'notified') return { state: 'closed', endReason: 'left' };
  return BEFORE_LEADER.some((one) => one === state) ? { state: 'withdrawn', endReason: 'left' } : null;
}

function tellAgent({ agentFirstDays }: CaseCircumstances, { now, zone }: Moment): CaseStep | null {
  if (!isOfficeTime(now, zone)) return null;
  const leaderNoticeAt = workingDaysAfter(now, agentFirstDays, zone);
  return agentFirstDays === 0
    ? { state: 'notified', endReason: null, leaderNoticeAt, mails: ['agent', 'leader'] }
    : { state: 'with_agent', endReason: null, leaderNoticeAt, mails: ['agent'] };
}

/** The agent's word was answered: the leader is told no sooner than was planned, and not at once. */
function goOn(known: CaseProgressed, { now, zone }: Moment): CaseStep {
  const leaderNoticeAt = later(known.leaderNoticeAt, workingDaysAfter(now, DAYS_AFTER_ANSWER, zone));
  return { ...still(known), state: 'with_agent', leaderNoticeAt };
}

/** The days count from when the mail went out, not from when it was decided on; while it has not, the leader is not told. */
function tellLeader(
  known: CaseProgressed,
  { agentMail, agentFirstDays }: CaseCircumstances,
  { now, zone }: Moment,
): CaseStep | null {
  if (agentMail && agentMail.state !== 'sent') return null;
  const toldAt = agentMail?.sentAt ?? known.agentToldAt!;
  const dueAt = later(known.leaderNoticeAt, workingDaysAfter(toldAt, agentFirstDays, zone));
  if (dueAt > now)
    return isSame(dueAt, known.leaderNoticeAt) ? null : { ...still(known), leaderNoticeAt: dueAt };
  if (!isOfficeTime(now, zone)) return null;
  return { ...still(known), state: 'notified', mails: ['leader'] };
}

function withdrawn(endReason: CaseEndReason): CaseStep {
  return { state: 'withdrawn', endReason, leaderNoticeAt: null, mails: [] };
}

function still({ state, leaderNoticeAt }: CaseProgressed): CaseStep {
  return { state, endReason: null, leaderNoticeAt, mails: [] };
}

function later(known: Date | null, other: Date): Date {
  return known !== null && known > other ? known : other;
}

function isSame(one: Date, other: Date | null): boolean {
  return one.getTime() === other?.getTime();
}
