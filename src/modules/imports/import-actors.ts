import { Injectable } from '@nestjs/common';
import { ROLES, type Role } from '../../common/access/principal.js';
import { Database } from '../../database/database.js';
import type { ImportActor } from './import-kinds.js';

interface RoleRow {
  role: Role;
  municipalityCode: string | null;
  agentId: number | null;
}

/** Whoever uploaded an import, as the one who writes it: with the roles the person holds by then, none for somebody who was locked out. */
@Injectable()
export class ImportActors {
  constructor(private readonly database: Database) {}

  async of(personId: number): Promise<ImportActor> {
    const rows = await this.database.select<RoleRow>(
      `SELECT r.role, r.municipalityCode, r.agentId
         FROM role_assignment r JOIN person p ON p.id = r.personId AND p.deactivatedAt IS NULL WHERE r.personId = ?`,
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
