import { placeholders, type SqlValue } from '../../database/sql.js';
import type { Principal } from './principal.js';

/** What a person may see: everything, some municipalities beside the own record, or only the own record. */
export type Scope =
  | { kind: 'all' }
  | { kind: 'municipalities'; codes: string[]; personId: number }
  | { kind: 'person'; personId: number };

/** Whether the caller sees all municipalities: the secretariat, and programs within their scopes. */
export function seesAll(principal: Principal): boolean {
  return (
    principal.token !== undefined ||
    (principal.roles.includes('secretariat') && principal.strength === 'full')
  );
}

/** The widest scope the person's roles give; whoever came by the link of a mail sees the own record only. */
export function scopeOf(principal: Principal): Scope {
  if (principal.strength === 'link') return { kind: 'person', personId: principal.personId };
  if (seesAll(principal)) return { kind: 'all' };
  if (principal.roles.includes('leader'))
    return { kind: 'municipalities', codes: principal.municipalityCodes, personId: principal.personId };
  return { kind: 'person', personId: principal.personId };
}

/** A part of a WHERE clause with its values. */
export interface Condition {
  sql: string;
  values: SqlValue[];
}

/** The scope as a condition in the query, given the columns that hold the municipality and the person. */
export function scopeCondition(scope: Scope, municipalityColumn: string, personColumn: string): Condition {
  switch (scope.kind) {
    case 'all':
      return { sql: '1 = 1', values: [] };
    case 'municipalities':
      if (scope.codes.length > 0)
        return {
          sql: `${municipalityColumn} IN (${placeholders(scope.codes)}) OR ${personColumn} = ?`,
          values: [...scope.codes, scope.personId],
        };
      return { sql: `${personColumn} = ?`, values: [scope.personId] };
    case 'person':
      return { sql: `${personColumn} = ?`, values: [scope.personId] };
  }
}

/** The column has the value; no condition at all when there is none. */
export function columnIs(column: string, value: string | number | undefined): Condition | undefined {
  return value === undefined ? undefined : { sql: `${column} = ?`, values: [value] };
}

/** Joins conditions with AND. */
export function allOf(conditions: readonly (Condition | undefined)[]): Condition {
  const present = conditions.filter((condition) => condition !== undefined);
  return {
    sql: present.map(({ sql }) => `(${sql})`).join(' AND ') || '1 = 1',
    values: present.flatMap(({ values }) => values),
  };
}
