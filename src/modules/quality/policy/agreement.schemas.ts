import { z } from 'zod';
import { localDate } from '../../../common/fields.js';

/** What was agreed with a municipality. */
export const newAgreement = z.strictObject({
  signedOn: localDate,
  figuresFrom: localDate.meta({
    description: 'the first day of which figures are kept; the employees have been told by then',
  }),
  version: z
    .number()
    .int()
    .min(1)
    .optional()
    .meta({ description: 'the version seen; none while there is none' }),
});

/** What was agreed with a municipality. */
export type NewAgreement = z.output<typeof newAgreement>;

/** A municipality with its agreement, if any, as the API shows it. */
export const agreementView = z.object({
  municipalityCode: z.string(),
  municipalityName: z.string(),
  signedOn: z.string().nullable(),
  figuresFrom: z.string().nullable(),
  version: z.number().nullable(),
});

/** A municipality with its agreement, if any. */
export type AgreementView = z.output<typeof agreementView>;
