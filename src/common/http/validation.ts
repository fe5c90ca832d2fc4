import { Injectable, StandardSchemaValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import type { z } from 'zod';
import { DomainError, type FieldFault } from '../domain-error.js';

/**
 * Checks every body, query and parameter that carries a schema. All faults are reported at once as a 400.
 * The keys were already checked while parsing, so Nest's own recursive search for `__proto__` is not needed.
 */
@Injectable()
export class ValidationPipe extends StandardSchemaValidationPipe {
  constructor() {
    super({ exceptionFactory: (issues) => invalidInput(issues as unknown as z.core.$ZodIssue[]) });
  }

  override async transform<T>(value: T, metadata: ArgumentMetadata): Promise<T> {
    try {
      return await super.transform(value, metadata);
    } catch (error) {
      throw error instanceof DomainError ? named(error, metadata) : error;
    }
  }

  protected override stripProtoKeys(): void {}
}

/** A parameter of a path has no field of its own to be named by, so it is named by its place in the path. */
function named(error: DomainError, { type, data }: ArgumentMetadata): DomainError {
  if (type !== 'param' || data === undefined) return error;
  const faults = (error.options.faults ?? []).map((fault) => ({ ...fault, field: data }));
  return new DomainError(error.code, error.kind, { ...error.options, faults });
}

/** Checks an input that no decorator can check, because its form is known only now. @throws DomainError `invalid_input` */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input ?? {});
  if (!parsed.success) throw invalidInput(parsed.error.issues);
  return parsed.data;
}

/** The refusal of a malformed input. */
export function invalidInput(issues: readonly z.core.$ZodIssue[]): DomainError {
  return new DomainError('invalid_input', 'malformed', { faults: issues.flatMap(faultsOf) });
}

/** Our stable codes for what zod found; `code` becomes `validation.<code>` in the catalogue. */
export function faultsOf(issue: z.core.$ZodIssue): FieldFault[] {
  const field = issue.path.join('.');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ field: [...issue.path, key].join('.'), code: 'unknown_field' }));
  return [{ field, ...codeOf(issue) }];
}

function codeOf(issue: z.core.$ZodIssue): Omit<FieldFault, 'field'> {
  switch (issue.code) {
    case 'invalid_type':
      // zod keeps the input out of its issues; only the message tells a missing field from one of another type.
      return { code: issue.message.endsWith('received undefined') ? 'required' : 'invalid_type' };
    case 'too_small':
      return issue.origin === 'string'
        ? { code: 'required' }
        : { code: 'too_small', args: { minimum: Number(issue.minimum) } };
    case 'too_big':
      return issue.origin === 'string'
        ? { code: 'too_long', args: { maximum: Number(issue.maximum) } }
        : { code: 'too_big', args: { maximum: Number(issue.maximum) } };
    case 'invalid_format':
      return { code: issue.format === 'email' ? 'invalid_email' : 'invalid_format' };
    case 'invalid_value':
      return { code: 'invalid_choice' };
    case 'custom':
      return { code: (issue.params?.['code'] as string | undefined) ?? 'invalid_format' };
    default:
      return { code: 'invalid_format' };
  }
}
