import { z } from 'zod';
import type { Translator } from '../../web/i18n/translate.js';
import type { AgentRow } from './agent.queries.js';
import type { Journey } from './journey.rules.js';

/** A journey as the API shows it. */
export const journeyView = z.object({
  steps: z.array(
    z.object({
      kind: z.enum(['welcome_mail', 'elearning', 'onboarding_day', 'first_shift']),
      state: z.enum(['done', 'waived', 'in_progress', 'waiting', 'late', 'failed', 'cancelled']),
      dueOn: z.string().nullable(),
      doneAt: z.string().nullable(),
      detail: z.string().nullable(),
    }),
  ),
  readyForFirstShift: z.boolean(),
  reasons: z.array(z.object({ code: z.string(), text: z.string(), link: z.string().nullable() })),
});

/** An agent in a list. */
export const agentListed = z.object({
  id: z.number(),
  personId: z.number(),
  firstName: z.string(),
  lastName: z.string(),
  email: z.string(),
  phone: z.string().nullable(),
  language: z.string(),
  municipalityCode: z.string(),
  municipalityName: z.string(),
  leaderId: z.number().nullable(),
  leaderName: z.string().nullable(),
  kind: z.enum(['new', 'existing']),
  startOn: z.string(),
  endOn: z.string().nullable(),
  endReason: z.enum(['departed', 'transferred', 'membership_ended']).nullable(),
  firstShiftOn: z.string().nullable(),
  phoneSystemId: z.string().nullable(),
  onboardingAttendedOn: z.string().nullable(),
  attendedOn: z.string().nullable(),
  registeredAt: z.string(),
  version: z.number(),
  status: z.enum(['onboarding', 'ready', 'departed']),
});

/** An agent with the journey. */
export const agentView = agentListed.extend({ journey: journeyView });

/** An agent with the journey, as the API shows it. */
export type AgentView = z.output<typeof agentView>;

/** The journey with its reasons as sentences. */
export function viewJourney(
  { steps, readyForFirstShift, reasons: missing }: Journey,
  t: Translator,
): z.output<typeof journeyView> {
  const reasons = missing.map(({ code, args, link }) => ({
    code,
    text: t(`reason.${code}`, args),
    link,
  }));
  return { steps, readyForFirstShift, reasons };
}

/** The agent with the journey. */
export function viewAgent(agent: AgentRow, journey: Journey, t: Translator): AgentView {
  return { ...agent, journey: viewJourney(journey, t) };
}
