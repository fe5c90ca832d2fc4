import { Injectable, type OnModuleInit } from '@nestjs/common';
import { execute } from '../../database/sql.js';
import { PersonalData } from '../privacy/index.js';

/** What the reports module holds about a person. */
@Injectable()
export class ReportPersonalData implements OnModuleInit {
  constructor(private readonly personalData: PersonalData) {}

  onModuleInit(): void {
    this.personalData.register({
      table: 'saved_report',
      select: 'SELECT name, query, createdAt FROM saved_report WHERE personId = ?',
      erase: async (tx, personId) => {
        await execute(tx, 'DELETE FROM saved_report WHERE personId = ?', [personId]);
      },
    });
  }
}
