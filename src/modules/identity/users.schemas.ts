import { z } from 'zod';
import { email, id, language, line, localDate, municipalityCode } from '../../common/fields.js';

const staffRoles = z
  .array(z.enum(['secretariat', 'leader']))
  .min(1)
  .max(2);

/** What invites a user. */
export const newUser = z.strictObject({
  firstName: line(100),
  lastName: line(100),
  email,
  roles: staffRoles,
  municipalityCode,
  deputyId: z.number().int().min(1).optional(),
  language: language.default('da'),
});

/** What may be changed of a user; `version` is the one that was read. */
export const userChanges = z.strictObject({
  version: z.number().int().min(1),
  firstName: line(100).optional(),
  lastName: line(100).optional(),
  email: email.optional(),
  roles: staffRoles.optional(),
  municipalityCode: municipalityCode.optional(),
  deputyId: z.number().int().min(1).nullable().optional(),
  language: language.optional(),
  active: z.boolean().optional(),
});

/** Days of absence. */
export const newAbsence = z.strictObject({ from: localDate, to: localDate });

/** The web forms; their fields are texts. */
export const newUserForm = z.object({ ...newUser.shape, deputyId: id.optional() });

/** The web form of an edit: every field is there, an empty deputy means none. */
export const userForm = z.object({
  version: z.coerce.number().int().min(1),
  firstName: line(100),
  lastName: line(100),
  email,
  roles: staffRoles,
  municipalityCode,
  deputyId: id.nullable().default(null),
  language,
});

/** A user as the API shows it. */
export const userView = z.object({
  id: z.number(),
  firstName: z.string(),
  lastName: z.string(),
  email: z.string(),
  roles: z.array(z.string()),
  municipalityCode: z.string().nullable(),
  municipalityName: z.string().nullable(),
  deputyId: z.number().nullable(),
  deputyName: z.string().nullable(),
  isFirstLeader: z.boolean(),
  language: z.string(),
  active: z.boolean(),
  hasSignedIn: z.boolean(),
  version: z.number(),
});

/** Days of absence as the API shows them. */
export const absenceView = z.object({
  id: z.number(),
  personId: z.number(),
  from: z.string(),
  to: z.string(),
});
