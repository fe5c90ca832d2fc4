import { Injectable } from '@nestjs/common';
import { Database } from '../../../database/database.js';
import { placeholders } from '../../../database/sql.js';
import type { ShiftReadiness } from './shift-readiness.queries.js';

/** A shift with the names that people know it by. */
export type NamedShift = ShiftReadiness & { firstName: string; lastName: string; municipalityName: string };

/** Adds names to the shifts that are shown; the many that are only counted do without. */
@Injectable()
export class ShiftNames {
  constructor(private readonly database: Database) {}

  /** The same shifts with names, in the same order. */
  async add(shifts: readonly ShiftReadiness[]): Promise<NamedShift[]> {
    if (shifts.length === 0) return [];
    const agentIds = [...new Set(shifts.map(({ agentId }) => agentId))];
    const people = await this.database.select<{ id: number; firstName: string; lastName: string }>(
      `SELECT a.id, p.firstName, p.lastName FROM agent a JOIN person p ON p.id = a.personId
        WHERE a.id IN (${placeholders(agentIds)})`,
      agentIds,
    );
    const codes = [...new Set(shifts.map(({ employment }) => employment.municipalityCode))];
    const municipalities = await this.database.select<{ code: string; name: string }>(
      `SELECT code, name FROM municipality WHERE code IN (${placeholders(codes)})`,
      codes,
    );
    const personOf = new Map(people.map((person) => [person.id, person]));
    const nameOf = new Map(municipalities.map(({ code, name }) => [code, name]));
    return shifts.map((shift) => {
      const { firstName = '', lastName = '' } = personOf.get(shift.agentId) ?? {};
      const municipalityName = nameOf.get(shift.employment.municipalityCode) ?? '';
      return { ...shift, firstName, lastName, municipalityName };
    });
  }
}
