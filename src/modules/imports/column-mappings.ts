import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { Database } from '../../database/database.js';
import { execute, fromJson, orUpdate, placeholders } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import type { ColumnNames } from './cells.rules.js';
import {
  findHeader,
  headerSignature,
  SAMPLE_ROWS,
  type ColumnMapping,
  type TableHeader,
  type TableRow,
} from './table-header.rules.js';

/** A row of headings, and whether somebody has said before what it means. */
export interface FoundHeader<Name extends string> {
  header: TableHeader<Name>;
  isRemembered: boolean;
}

/** Finds the headings of tables of a kind, and remembers what somebody has said about them. */
@Injectable()
export class ColumnMappings {
  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
  ) {}

  /** The headings among the first rows of a table; undefined for a table with less than two columns. */
  async find<Name extends string>(
    kind: string,
    rows: readonly TableRow[],
    columns: readonly ColumnNames<Name>[],
  ): Promise<FoundHeader<Name> | undefined> {
    const first = rows.slice(0, SAMPLE_ROWS);
    const known = await this.remembered<Name>(kind, first);
    const header = findHeader(first, columns, (signature) => known.get(hashOf(signature)));
    return header && { header, isRemembered: known.has(hashOf(headerSignature(header.headings))) };
  }

  /** Remembers what the columns under these headings mean. */
  async remember(
    tx: Tx,
    kind: string,
    { headings, mapping }: Pick<TableHeader, 'headings' | 'mapping'>,
    personId: number,
  ): Promise<void> {
    await execute(
      tx,
      `INSERT INTO column_mapping (kind, signatureHash, mapping, savedByPersonId, savedAt) VALUES (?, ?, ?, ?, ?)${orUpdate(
        tx,
        ['kind', 'signatureHash'],
        ['mapping', 'savedByPersonId', 'savedAt'],
      )}`,
      [kind, hashOf(headerSignature(headings)), JSON.stringify(mapping), personId, this.clock.now()],
    );
  }

  private async remembered<Name extends string>(
    kind: string,
    rows: readonly TableRow[],
  ): Promise<Map<string, ColumnMapping<Name>>> {
    if (rows.length === 0) return new Map();
    const hashes = rows.map(({ cells }) => hashOf(headerSignature(cells)));
    const known = await this.database.select<{
      signatureHash: string;
      mapping: string | ColumnMapping<Name>;
    }>(
      `SELECT signatureHash, mapping FROM column_mapping WHERE kind = ? AND signatureHash IN (${placeholders(hashes)})`,
      [kind, ...hashes],
    );
    return new Map(known.map((row) => [row.signatureHash, fromJson<ColumnMapping<Name>>(row.mapping)]));
  }
}

function hashOf(signature: string): string {
  return createHash('sha256').update(signature).digest('hex');
}
