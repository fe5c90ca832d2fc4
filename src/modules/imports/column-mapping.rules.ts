import type { FieldFault } from '../../common/domain-error.js';
import type { ImportKind, ImportOptions } from './import-kinds.js';
import type { ColumnMapping } from './table-header.rules.js';

/**
 * What is wrong with what somebody said about the columns: columns the kind has not, positions outside the table, one column for two
 * things, and what the kind itself still misses.
 */
export function mappingRefusals(
  mapping: ColumnMapping,
  headings: readonly string[],
  kind: Pick<ImportKind, 'columns' | 'mappingFaults'>,
  options: ImportOptions,
): FieldFault[] {
  const names = new Set(kind.columns.map(({ name }) => name));
  const faults = Object.entries(mapping).flatMap(([field, position], index, all) => {
    if (!names.has(field)) return [{ field, code: 'unknown_field' }];
    if (position! >= headings.length) return [{ field, code: 'invalid_choice' }];
    const isTaken = all.slice(0, index).some(([, other]) => other === position);
    return isTaken ? [{ field, code: 'column_chosen_twice' }] : [];
  });
  const missing = Object.entries(kind.mappingFaults?.(mapping, options) ?? {});
  return [...faults, ...missing.map(([field, code]) => ({ field, code: code! }))];
}
