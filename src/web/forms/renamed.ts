import { DomainError, type FieldFault } from '../../common/domain-error.js';

/** The same refusal with its faults at the fields of a form. */
export function renamed(error: DomainError, fieldOf: (field: string) => string): DomainError {
  const { faults, ...options } = error.options;
  if (!faults) return error;
  const there = faults.map((fault): FieldFault => ({ ...fault, field: fieldOf(fault.field) }));
  return new DomainError(error.code, error.kind, { ...options, faults: there });
}
