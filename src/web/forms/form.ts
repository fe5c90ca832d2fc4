import type { z } from 'zod';
import { DomainError, type FieldFault } from '../../common/domain-error.js';
import { invalidInput } from '../../common/http/validation.js';
import { faultMessage } from '../problems/fault-message.js';
import { translator } from '../i18n/translate.js';

/** What was typed, field by field, so that nothing is lost when a form is shown again. */
export type FormValues = Record<string, string>;

/** A form as a template shows it. */
export interface FormModel {
  values: FormValues;
  /** Fields of which several may be chosen. */
  lists?: Record<string, string[]>;
  /** The sentence at each faulty field. */
  errors: Record<string, string>;
  /** The same sentences for the summary, in the order of the fields. */
  summary: { field: string; message: string }[];
}

/** An empty form, or one filled in beforehand. */
export function blankForm(values: FormValues = {}): FormModel {
  return { values, errors: {}, summary: [] };
}

/** The typed values of a posted form, without our own hidden fields. */
export function formValues(body: unknown): FormValues {
  const entries = Object.entries((body ?? {}) as Record<string, unknown>);
  return Object.fromEntries(
    entries.filter(([key, value]) => !key.startsWith('_') && typeof value === 'string'),
  ) as FormValues;
}

/** The fields of a posted form of which several values were chosen, or that may be: one value comes as a text. */
export function formLists(body: unknown): Record<string, string[]> {
  const entries = Object.entries((body ?? {}) as Record<string, unknown>);
  return Object.fromEntries(
    entries
      .map(([key, value]): [string, unknown[]] => [key, Array.isArray(value) ? value : [value]])
      .filter(([, values]) => values.every((value) => typeof value === 'string')),
  ) as Record<string, string[]>;
}

/**
 * Checks a posted form; an empty field counts as not filled in.
 * @param lists the fields of which several values may be chosen
 * @throws DomainError `invalid_input`
 */
export function parseForm<S extends z.ZodType>(
  schema: S,
  body: unknown,
  lists: readonly string[] = [],
): z.output<S> {
  const filled: Record<string, unknown> = Object.fromEntries(
    Object.entries(formValues(body)).filter(([, value]) => value.trim() !== ''),
  );
  const chosen = formLists(body);
  for (const name of lists) if (chosen[name]) filled[name] = chosen[name];
  const parsed = schema.safeParse(filled);
  if (!parsed.success) throw invalidInput(parsed.error.issues);
  return parsed.data;
}

/**
 * The form again with what went wrong, in the reader's language.
 * @throws the error itself when it is none that the person at the form can mend
 */
export function formWithErrors(body: unknown, error: unknown, language: string): FormModel {
  if (!(error instanceof DomainError) || !['malformed', 'rule', 'conflict', 'too_many'].includes(error.kind))
    throw error;
  const t = translator(language);
  const faults = inOrderOf(Object.keys(body ?? {}), error.options.faults ?? []);
  const summary = faults.map((fault) => ({ field: fault.field, message: faultMessage(fault, t) }));
  if (summary.length === 0)
    summary.push({ field: '', message: t(`problem.${error.code}`, error.options.args) });
  return {
    values: formValues(body),
    lists: formLists(body),
    errors: Object.fromEntries(summary.map(({ field, message }) => [field, message])),
    summary,
  };
}

/** The idempotency key that was put into the form when it was shown; a double click sends it twice. */
export function formKey(body: unknown): string | undefined {
  const key = (body as { _key?: unknown } | null)?._key;
  return typeof key === 'string' && /^[\w-]{20,100}$/.test(key) ? key : undefined;
}

/** The faults in the order in which the form has its fields; a browser posts them in that order. */
function inOrderOf(fields: string[], faults: FieldFault[]): FieldFault[] {
  const place = ({ field }: FieldFault) => (fields.includes(field) ? fields.indexOf(field) : fields.length);
  return faults.toSorted((a, b) => place(a) - place(b));
}
