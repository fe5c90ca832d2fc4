import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { z } from 'zod';
import { isLocalDate } from './local-date.js';

// Control characters and lone surrogates have no place in a name; MariaDB would refuse the latter with a 500.
const PLAIN = /^[^\p{Cc}\p{Cs}]*$/u;

/** A short line of text, trimmed, not empty. */
export const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((text) => PLAIN.test(text), { params: { code: 'invalid_characters' } });

/** An e-mail address as typed, trimmed; at most 254 characters (RFC 5321 §4.5.3.1). */
export const email = z.string().trim().max(254).pipe(z.email());

/** A day that exists, `YYYY-MM-DD`, within what a booking system can mean. */
export const localDate = z
  .string()
  .refine((text) => isLocalDate(text) && text >= '2000-01-01' && text <= '2100-12-31', {
    params: { code: 'invalid_date' },
  })
  .meta({ format: 'date', example: '2026-11-21' });

/** A phone number typed with spaces, `+45`, `0045` or foreign; becomes E.164. */
export const phone = z
  .string()
  .trim()
  .max(40)
  .transform((typed, context) => {
    const number = parsePhoneNumberFromString(typed, 'DK');
    if (number?.isPossible()) return number.number;
    context.addIssue({ code: 'custom', params: { code: 'invalid_phone' } });
    return z.NEVER;
  });

/** The languages of pages and mails. */
export const language = z.enum(['da', 'en']);

/** A municipality's three-digit code. */
export const municipalityCode = z
  .string()
  .refine((text) => /^\d{3}$/.test(text), { params: { code: 'unknown_municipality' } })
  .meta({ example: '751' });

/** A key in a path. */
export const id = z.coerce.number().int().min(1).max(2_147_483_647);
