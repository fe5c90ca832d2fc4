import { addDays, weekdaysBefore, type LocalDate } from '../../common/local-date.js';
import type { MailOrder } from '../../modules/notifications/index.js';
import type { DemoPlan, PlannedAgent } from './plan.js';
import { REMINDED_BEFORE } from './plan-stages.js';

/** A mail as it stands in the outbox of the demonstration. */
export interface PlannedMail {
  on: LocalDate;
  template: MailOrder['template'];
  agent: PlannedAgent;
  /** Whether the agent's leader gets it. */
  toLeader: boolean;
  state: 'sent' | 'failed' | 'queued' | 'cancelled';
  dedupe?: { dueOn: LocalDate; weekdaysLeft: number };
}

/** Older mails are deleted by the product itself. */
const KEPT_DAYS = 300;
/** So many of those who are through were about to be reminded. */
const CANCELLED = 5;

/** Every mail about agents of the last months, the oldest first. */
export function planMails(plan: DemoPlan): PlannedMail[] {
  const since = addDays(plan.today, -KEPT_DAYS);
  const recent = plan.agents.filter(
    ({ periods: [period] }) => period!.kind === 'new' && period!.registeredOn > since,
  );
  const refused = new Set([...recent.filter((agent) => agent.isWelcomeRefused), ...recent.slice(-40, -38)]);
  const mails = [
    ...recent.flatMap((agent) => welcomes(agent, refused.has(agent))),
    ...recent.flatMap((agent) => reminders(agent, plan.today)),
    ...recent
      .filter(({ learning }) => learning.completedOn !== null)
      .slice(-CANCELLED)
      .map((agent) => cancelledReminder(agent)),
    ...plan.transfers
      .filter(({ on }) => on > since && on <= plan.today)
      .map(({ agent, on }) => mail(agent, on, 'agent-transferred', true)),
  ];
  return mails.sort((a, b) => (a.on === b.on ? 0 : a.on < b.on ? -1 : 1));
}

function mail(
  agent: PlannedAgent,
  on: LocalDate,
  template: MailOrder['template'],
  toLeader: boolean,
  changes: Partial<PlannedMail> = {},
): PlannedMail {
  return { agent, on, template, toLeader, state: 'sent', ...changes };
}

/** The welcome, the leader's receipt, and what the leader hears of a wrong address. */
function welcomes(agent: PlannedAgent, isRefused: boolean): PlannedMail[] {
  const { registeredOn } = agent.periods[0]!;
  const state = isRefused ? 'failed' : agent.welcomeOn ? 'queued' : 'sent';
  return [
    mail(agent, registeredOn, 'welcome', false, { state }),
    mail(agent, registeredOn, 'leader-receipt', true),
    ...(isRefused ? [mail(agent, registeredOn, 'mail-undeliverable', true)] : []),
  ];
}

/** Every reminder whose time has come before today, so that none of them is made up for when the server starts. */
function reminders(agent: PlannedAgent, today: LocalDate): PlannedMail[] {
  const { registeredOn, firstShiftOn, startOn } = agent.periods[0]!;
  const { completedOn, waiver } = agent.learning;
  const through = completedOn ?? waiver?.on ?? null;
  const dueOn = firstShiftOn ?? startOn;
  return REMINDED_BEFORE.map((weekdaysLeft) => ({ weekdaysLeft, on: weekdaysBefore(dueOn, weekdaysLeft) }))
    .filter(({ on }) => on > registeredOn && on < today && (through === null || on < through))
    .map(({ weekdaysLeft, on }) =>
      mail(agent, on, 'elearning-reminder', false, { dedupe: { dueOn, weekdaysLeft } }),
    );
}

/** The agent was quicker than the reminder. */
function cancelledReminder(agent: PlannedAgent): PlannedMail {
  return mail(agent, agent.learning.completedOn!, 'elearning-reminder', false, { state: 'cancelled' });
}
