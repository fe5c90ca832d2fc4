import { z } from 'zod';
import { DomainError } from '../../../common/domain-error.js';
import { localDate } from '../../../common/fields.js';
import { localDateOf } from '../../../common/local-date.js';
import { formatClock } from '../../../web/format.js';
import { parseForm, type FormValues } from '../../../web/forms/form.js';
import { endAfter, instantOfWall, parseTime } from '../import/shift-times.rules.js';
import type { ShiftChange } from '../shift.service.js';
import type { NewShift } from '../shift-writer.js';
import type { ShiftRow } from './shift.queries.js';

const time = z
  .string()
  .refine((text) => parseTime(text) !== undefined, { params: { code: 'invalid_time' } })
  .transform((text) => parseTime(text)!);

const shiftForm = z.object({
  agentId: z.coerce.number().int().min(1).max(2_147_483_647),
  on: localDate,
  fromTime: time,
  toTime: time,
  version: z.coerce.number().int().min(1).optional(),
});

const FIELD_OF: Record<string, string> = { startsAt: 'fromTime', endsAt: 'toTime' };

/** The shift of a posted form, and the version it was made from; it ends the next day when the end is not after the start. @throws DomainError `invalid_input` */
export function readShift(body: unknown, zone: string): { shift: NewShift; version: number } {
  const { agentId, on, fromTime, toTime, version } = parseForm(shiftForm, body);
  const start = { date: on, minute: fromTime };
  const shift = {
    agentId,
    startsAt: instantOfWall(start, zone),
    endsAt: instantOfWall(endAfter(start, toTime), zone),
  };
  return { shift, version: version ?? 0 };
}

/**
 * What a posted form changes in a shift. Times that are as they were shown stay what they were: the form knows neither seconds nor
 * which of two equal hours in autumn it was. @throws DomainError `invalid_input`
 */
export function readShiftChange(body: unknown, before: ShiftRow, zone: string): ShiftChange {
  const { shift, version } = readShift(body, zone);
  const { shift: shown } = readShift(shiftValues(before, zone), zone);
  const isMoved =
    shift.startsAt.getTime() !== shown.startsAt.getTime() ||
    shift.endsAt.getTime() !== shown.endsAt.getTime();
  return isMoved ? { ...shift, version } : { agentId: shift.agentId, version };
}

/** Does it, with the faults of the shift named by the fields of its form. */
export async function atShiftFields<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DomainError) || !error.options.faults) throw error;
    const faults = error.options.faults.map((fault) => ({
      ...fault,
      field: FIELD_OF[fault.field] ?? fault.field,
    }));
    // Somebody who was chosen and cannot be seen is a fault of the form here, not a page that is not there.
    const kind = error.kind === 'not_found' ? 'rule' : error.kind;
    throw new DomainError(error.code, kind, { ...error.options, faults });
  }
}

/** A planned shift as its form shows it. */
export function shiftValues({ agentId, startsAt, endsAt, version }: ShiftRow, zone: string): FormValues {
  return {
    agentId: String(agentId),
    on: localDateOf(new Date(startsAt), zone),
    fromTime: formatClock(new Date(startsAt), 'en', zone),
    toTime: formatClock(new Date(endsAt), 'en', zone),
    version: String(version),
  };
}
