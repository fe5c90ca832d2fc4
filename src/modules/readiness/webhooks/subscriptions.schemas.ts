import { z } from 'zod';

/** An address that is to be told of readiness. */
export const newSubscription = z.strictObject({ url: z.string().trim().max(1000).pipe(z.url()) });
