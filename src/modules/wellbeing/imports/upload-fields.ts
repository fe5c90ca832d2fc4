import { z } from 'zod';
import { DomainError } from '../../../common/domain-error.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { parseJson } from '../../../common/http/parse-json.js';
import type { Mapping } from './import-columns.rules.js';

const columns = z.array(z.string().max(40).nullable()).max(200);

/** How many were asked, as it stands beside an uploaded table; null when nothing was written. @throws DomainError `invalid_input` */
export function invitedIn(request: AppRequest): number | null {
  const text = fieldIn(request, 'invited');
  if (text === undefined) return null;
  const parsed = z.coerce.number().int().min(1).max(1_000_000).safeParse(text);
  if (!parsed.success) throw faulty('invited', 'not_a_number');
  return parsed.data;
}

/** What each column is, as a program says it beside an uploaded table. @throws DomainError `invalid_input` */
export function mappingIn(request: AppRequest): Mapping | undefined {
  const text = fieldIn(request, 'mapping');
  if (text === undefined) return undefined;
  try {
    return columns.parse(parseJson(text));
  } catch {
    throw faulty('mapping', 'invalid_format');
  }
}

/** A field of the form, or of the address when the body is the table. */
function fieldIn(request: AppRequest, name: string): string | undefined {
  const fields = {
    ...(request.query as object),
    ...(Buffer.isBuffer(request.body) ? {} : (request.body as object | undefined)),
  } as Record<string, unknown>;
  const value = fields[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string') throw faulty(name, 'invalid_format');
  return value.trim() || undefined;
}

function faulty(field: string, code: 'not_a_number' | 'invalid_format'): DomainError {
  return new DomainError('invalid_input', 'malformed', { faults: [{ field, code }] });
}
