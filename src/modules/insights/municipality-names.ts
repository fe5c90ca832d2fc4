import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';

/** What municipalities are called. */
@Injectable()
export class MunicipalityNames {
  constructor(private readonly database: Database) {}

  /** By code. */
  async all(): Promise<Map<string, string>> {
    const rows = await this.database.select<{ code: string; name: string }>(
      'SELECT code, name FROM municipality',
    );
    return new Map(rows.map(({ code, name }) => [code, name]));
  }
}
