import { z } from 'zod';
import { DomainError } from '../../../common/domain-error.js';
import { parseForm, type FormValues } from '../../../web/forms/form.js';
import { formatNumber } from '../../../web/format.js';
import { percentOf, thresholdOf } from './policy.rules.js';
import { month } from '../month.schema.js';
import type { NewPolicy, PolicyView } from './policy.schemas.js';

const whole = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

/** A share as people write it: `50`, `47,5`. */
const percent = z
  .string()
  .trim()
  .transform((text) => text.replace('%', '').replace(',', '.').trim())
  .refine((text) => /^\d{1,2}(\.\d)?$/.test(text) && Number(text) > 0, {
    params: { code: 'invalid_percentage' },
  })
  .transform(Number);

const policyForm = z.object({
  threshold: percent,
  months: whole(2, 12),
  watchMonths: whole(1, 11),
  minimumCalls: whole(0, 10_000),
  warmTransfer: z.enum(['counts', 'not']),
  appliesFrom: month,
  agentFirstDays: whole(0, 10),
  undoHours: whole(0, 168),
  version: z.coerce.number().int().min(1).optional(),
});

/** The policy of a posted form. @throws DomainError `invalid_input` */
export function readPolicy(body: unknown): NewPolicy {
  const { threshold, warmTransfer, ...typed } = parseForm(policyForm, body);
  return { ...typed, threshold: thresholdOf(threshold), warmTransferCounts: warmTransfer === 'counts' };
}

/** The policy as its form shows it. */
export function policyValues(policy: PolicyView, language: string): FormValues {
  return {
    threshold: formatNumber(percentOf(policy.threshold), language),
    months: String(policy.months),
    watchMonths: String(policy.watchMonths),
    minimumCalls: String(policy.minimumCalls),
    warmTransfer: policy.warmTransferCounts ? 'counts' : 'not',
    appliesFrom: policy.appliesFrom ?? '',
    agentFirstDays: String(policy.agentFirstDays),
    undoHours: String(policy.undoHours),
    version: policy.version === null ? '' : String(policy.version),
  };
}

/** Whether somebody else has decided while the form was open. */
export function isStale(error: unknown): boolean {
  return error instanceof DomainError && error.code === 'stale_version';
}
