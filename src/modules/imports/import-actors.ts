import { Injectable } from '@nestjs/common';
import { ROLES, type Role } from '../../common/access/principal.js';
import { Database } from '../../database/database.js';
import type { ImportActor } from './import-kinds.js';

interface RoleRow {
  role: Role;
  municipalityCode: string | null;
  agentId: number | null;
}

/** Whoever uploaded an import, as the one who writes it: with the roles the person holds by then. */
@Injectable()
export class ImportActors {
  constructor(private readonly database: Database) {}

  async of(personId: number): Promise<ImportActor> {
    const rows = await this.database.select<RoleRow>(
      'SELECT role, municipalityCode, agentId FROM role_assignment WHERE personId = ?',
      [personId],
    );
    return {
      personId,
      sessionId: 0,
      name: '',
      language: 'da',
      strength: 'full',
      via: 'bearer',
      roles: ROLES.filter((role) => rows.some((row) => row.role === role)),
      agentId: rows.find((row) => row.role === 'agent')?.agentId ?? null,
      municipalityCodes: rows.flatMap((row) =>
        row.role === 'leader' && row.municipalityCode ? [row.municipalityCode] : [],
      ),
    };
  }
}
