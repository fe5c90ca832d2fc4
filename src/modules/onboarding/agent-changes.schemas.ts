import { z } from 'zod';
import { email, id, language, line, localDate, phone } from '../../common/fields.js';

/** What may be changed of an agent; `version` is the one that was read, what is left out stays. */
export const agentChanges = z.strictObject({
  version: z.number().int().min(1),
  firstName: line(100).optional(),
  lastName: line(100).optional(),
  email: email.optional(),
  phone: phone.nullable().optional(),
  language: language.optional(),
  leaderId: z.number().int().min(1).nullable().optional(),
  startOn: localDate.optional(),
  firstShiftOn: localDate.nullable().optional(),
  phoneSystemId: line(60).nullable().optional(),
  onboardingAttendedOn: localDate.nullable().optional(),
});

/** What may be changed of an agent. */
export type AgentChanges = z.output<typeof agentChanges>;

/** The web form of an edit: every field is there, an empty one means none. */
export const agentForm = z.object({
  version: z.coerce.number().int().min(1),
  firstName: line(100),
  lastName: line(100),
  email,
  phone: phone.nullable().default(null),
  language,
  leaderId: id.nullable().default(null),
  startOn: localDate,
  firstShiftOn: localDate.nullable().default(null),
  phoneSystemId: line(60).nullable().default(null),
  onboardingAttendedOn: localDate.nullable().default(null),
});
