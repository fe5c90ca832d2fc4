import { Injectable, type OnModuleInit } from '@nestjs/common';
import { nameSortKey } from '../../common/name-sort-key.js';
import { Database } from '../../database/database.js';

/** Finds a municipality by what people write: its code, its name, "Aarhus Kommune", "Århus". Names change by migration only. */
@Injectable()
export class MunicipalityDirectory implements OnModuleInit {
  private readonly codes = new Map<string, string>();

  constructor(private readonly database: Database) {}

  async onModuleInit(): Promise<void> {
    const rows = await this.database.select<{ code: string; name: string }>(
      'SELECT code, name FROM municipality',
    );
    for (const { code, name } of rows) {
      this.codes.set(code, code);
      this.codes.set(keyOf(name), code);
    }
  }

  /** The code of what was written, or undefined. */
  codeOf(text: string): string | undefined {
    return this.codes.get(text.trim()) ?? this.codes.get(keyOf(text));
  }
}

function keyOf(name: string): string {
  return nameSortKey(name.trim().replace(/\s+kommune$/i, ''));
}
