import { z } from 'zod';
import { DomainError } from '../../../common/domain-error.js';
import { id, localDate } from '../../../common/fields.js';
import { instantAt } from '../../../common/local-date.js';
import { parseForm, type FormValues } from '../../../web/forms/form.js';
import { renamed } from '../../../web/forms/renamed.js';
import type { NewTalk, TalkChanges, TalkView } from './coaching.schemas.js';
import { newTalk } from './coaching.schemas.js';

/** So many times an agent may propose. */
export const PROPOSALS = [0, 1, 2] as const;

/** Hours as a browser sends them, or as they are typed where it has no field for them: `9.00`, `09:00`. */
const hours = z
  .string()
  .trim()
  .refine((text) => /^([01]?\d|2[0-3])[:.][0-5]\d$/.test(text), { params: { code: 'invalid_time' } })
  .transform((text) => text.replace('.', ':').padStart(5, '0'));

const { link, minutes } = newTalk.shape;
const arranged = { on: localDate.optional(), time: hours.optional(), minutes, link };
const offerForm = z.object({ coachId: id, ...arranged });
const arrangeForm = z.object({
  version: z.coerce.number().int().min(1),
  proposed: z.iso.datetime().optional(),
  ...arranged,
});
const timesForm = z.object(
  Object.fromEntries(
    PROPOSALS.flatMap((n) => [
      [`on${n}`, localDate.optional()],
      [`time${n}`, hours.optional()],
    ]),
  ) as Record<string, z.ZodOptional<typeof hours>>,
);

/** The offer of a posted form. @throws DomainError `invalid_input` */
export function readOffer(body: unknown, zone: string): NewTalk {
  const { on, time, ...wish } = parseForm(offerForm, body);
  return { ...wish, startsAt: startOf(on, time, '', zone)?.toISOString() };
}

/** What a posted form changes in a talk; a time that the agent proposes goes before one that is typed. @throws DomainError `invalid_input` */
export function readArrangement(body: unknown, zone: string): TalkChanges {
  const { proposed, on, time, ...changes } = parseForm(arrangeForm, body);
  return { ...changes, startsAt: proposed ?? startOf(on, time, '', zone)?.toISOString() };
}

/** A time with the row of the form in which it stands. */
export interface TypedTime {
  row: number;
  time: Date;
}

/** The times of a posted form, at least one. @throws DomainError `invalid_input` */
export function readTimes(body: unknown, zone: string): TypedTime[] {
  const typed = parseForm(timesForm, body);
  const times = PROPOSALS.flatMap((row) => {
    const time = startOf(typed[`on${row}`], typed[`time${row}`], String(row), zone);
    return time ? [{ row, time }] : [];
  });
  if (times.length === 0) throw missing('on0');
  return times;
}

/** A talk as the form for its time shows it. */
export function arrangementValues({ startsAt, minutes, link, version }: TalkView, zone: string): FormValues {
  return {
    on: startsAt ? part(startsAt, 'sv-SE', { year: 'numeric', month: '2-digit', day: '2-digit' }, zone) : '',
    time: startsAt ? part(startsAt, 'en-GB', { hour: '2-digit', minute: '2-digit' }, zone) : '',
    minutes: String(minutes),
    link: link ?? '',
    version: String(version),
  };
}

/** Does it, with a fault of a time named by its field in the form. */
export async function atTalkFields<T>(work: () => Promise<T>, times: readonly TypedTime[] = []): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw renamed(error, (field) => {
      if (field === 'startsAt') return 'on';
      const place = /^times\.(\d)$/.exec(field)?.[1];
      return place === undefined ? field : `on${times[Number(place)]!.row}`;
    });
  }
}

/** The instant of a date and an hour, of which either both or none are filled in. */
function startOf(
  on: string | undefined,
  time: string | undefined,
  suffix: string,
  zone: string,
): Date | undefined {
  if (on === undefined && time === undefined) return undefined;
  if (on === undefined) throw missing(`on${suffix}`);
  if (time === undefined) throw missing(`time${suffix}`);
  return instantAt(on, time as `${number}:${number}`, zone);
}

function missing(field: string): DomainError {
  return new DomainError('invalid_input', 'malformed', { faults: [{ field, code: 'required' }] });
}

function part(instant: string, locale: string, options: Intl.DateTimeFormatOptions, zone: string): string {
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: zone }).format(new Date(instant));
}
