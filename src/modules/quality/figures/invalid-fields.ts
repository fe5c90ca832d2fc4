import { DomainError, type FieldFault } from '../../../common/domain-error.js';

/** The refusal of cells that cannot be understood. */
export function invalidFields(faults: FieldFault[]): DomainError {
  return new DomainError('invalid_input', 'malformed', { faults });
}
