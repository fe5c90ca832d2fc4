import { z } from 'zod';
import { isMonth } from './month.rules.js';

/** A calendar month, `YYYY-MM`, of this century. */
export const month = z
  .string()
  .refine((text) => isMonth(text) && text >= '2000-01' && text <= '2100-12', {
    params: { code: 'invalid_month' },
  })
  .meta({ example: '2026-11' });
