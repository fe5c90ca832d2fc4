import { z } from 'zod';
import { email, id, language, line, localDate, municipalityCode, phone } from '../../common/fields.js';

/** What registers an agent; name, address and start are enough. */
export const registerAgent = z
  .strictObject({
    firstName: line(100),
    lastName: line(100),
    email,
    phone: phone.optional(),
    municipalityCode: municipalityCode.optional(),
    leaderId: z.number().int().min(1).optional(),
    startOn: localDate,
    kind: z.enum(['new', 'existing']).default('new'),
    firstShiftOn: localDate.optional(),
    phoneSystemId: line(60).optional(),
    language: language.optional(),
    welcomeOn: localDate.optional(),
    elearningCompletedOn: localDate.optional(),
    onboardingAttendedOn: localDate.optional(),
  })
  .meta({ id: 'RegisterAgent' });

/** The web form; its fields are texts. */
export const registerAgentForm = z.object({ ...registerAgent.shape, leaderId: id.optional() });

/** What registers an agent. */
export type RegisterAgent = z.output<typeof registerAgent>;
