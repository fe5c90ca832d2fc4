import { Injectable, type OnModuleInit } from '@nestjs/common';
import { execute } from '../../database/sql.js';
import { PersonalData } from '../privacy/index.js';

/** What the module holds about a person. */
@Injectable()
export class ShiftPersonalData implements OnModuleInit {
  constructor(private readonly personalData: PersonalData) {}

  onModuleInit(): void {
    this.personalData.register({
      table: 'shift',
      select: `SELECT startsAt, endsAt, source FROM shift
                WHERE agentId IN (SELECT id FROM agent WHERE personId = ?) ORDER BY startsAt`,
      erase: async (tx, personId) => {
        await execute(tx, 'DELETE FROM shift WHERE agentId IN (SELECT id FROM agent WHERE personId = ?)', [
          personId,
        ]);
      },
    });
  }
}
