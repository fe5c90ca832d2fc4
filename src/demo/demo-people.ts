import { Injectable } from '@nestjs/common';
import type { Role } from '../common/access/principal.js';
import type { Tx } from '../database/unit-of-work.js';
import { PeopleService } from '../modules/identity/index.js';

/** Makes the people of a demonstration, all with the same password. */
@Injectable()
export class DemoPeople {
  constructor(private readonly people: PeopleService) {}

  async add(
    tx: Tx,
    person: { firstName: string; lastName: string; email: string; passwordHash: string | null },
    roles: Role[],
    municipalityCode: string,
  ): Promise<number> {
    const { id } = await this.people.findOrCreate(tx, { ...person, language: 'da', isDemo: true });
    for (const role of roles) await this.people.grantRole(tx, id, role, { municipalityCode });
    return id;
  }
}
