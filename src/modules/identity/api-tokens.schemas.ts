import { z } from 'zod';
import { API_SCOPES } from '../../common/access/api-scope.js';
import { line } from '../../common/fields.js';

/** What makes a token; it ends after a year unless another time is wished, two years at most. */
export const newApiToken = z.strictObject({
  name: line(100),
  scopes: z.array(z.enum(API_SCOPES)).min(1).max(API_SCOPES.length),
  days: z.number().int().min(1).max(730).default(365),
});
