import { z } from 'zod';
import { parseForm, type FormValues } from '../../../web/forms/form.js';
import { PLAN_COVERS, type PlanCovers } from '../entities/shift-plan.entity.js';
import {
  SHIFT_COLUMNS,
  type PlanHeader,
  type ShiftColumn,
  type ShiftMapping,
} from './shift-columns.rules.js';

const position = z.coerce.number().int().min(0).max(199).optional();
const mappingForm = z.object({
  ...(Object.fromEntries(SHIFT_COLUMNS.map((column) => [column, position])) as Record<
    ShiftColumn,
    typeof position
  >),
  covers: z.enum(PLAN_COVERS).default('municipalities'),
});

/** What a posted form says about the columns. @throws DomainError `invalid_input` */
export function readMapping(body: unknown): { mapping: ShiftMapping; covers: PlanCovers } {
  const { covers, ...columns } = parseForm(mappingForm, body);
  const chosen = Object.entries(columns).filter(([, value]) => value !== undefined);
  return { mapping: Object.fromEntries(chosen), covers };
}

/** What is known about the columns, as the form shows it. */
export function mappingValues({ mapping }: PlanHeader, covers: PlanCovers): FormValues {
  const known = Object.entries(mapping).map(([column, at]): [string, string] => [column, String(at)]);
  return { ...Object.fromEntries(known), covers };
}
