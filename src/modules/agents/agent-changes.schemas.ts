import { z } from 'zod';
import { email, id, localDate, municipalityCode } from '../../common/fields.js';

/** The last day of an agent. */
export const newDeparture = z.strictObject({ on: localDate });

/** A transfer to another municipality; `on` is the first day there. */
export const newTransfer = z.strictObject({
  municipalityCode,
  leaderId: z.number().int().min(1).optional(),
  on: localDate,
});

/** The web form of a transfer. */
export const newTransferForm = z.object({ municipalityCode, leaderId: id.optional(), on: localDate });

/** A wish to take somebody over. */
export const newTransferRequest = z.strictObject({ email, on: localDate });
