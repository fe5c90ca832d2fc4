import type { Readable } from 'node:stream';
import { Inject, Injectable, StreamableFile } from '@nestjs/common';
import { csvStream, type CsvColumn } from '../../common/csv.js';
import type { FieldFault } from '../../common/domain-error.js';
import { ENV, type Env } from '../../config/env.js';
import { Database } from '../../database/database.js';
import { fromJson } from '../../database/sql.js';
import { translator, type Translator } from '../../web/i18n/translate.js';
import { faultMessage } from '../../web/problems/fault-message.js';
import type { ImportView } from './import.queries.js';
import type { TableHeader } from './table-header.rules.js';

const TOGETHER = 500;

interface FaultyRow {
  rowNumber: number;
  original: string | string[] | null;
  faults: string | null;
}

/** The rows of an import that cannot be written, as a file to be mended: the cells as they came, and what is wrong with them. */
@Injectable()
export class FaultyRows {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly database: Database,
  ) {}

  /** As a download for Excel, which can be uploaded again. */
  download({ id, header }: Pick<ImportView, 'id' | 'header'>, language: string): StreamableFile {
    return new StreamableFile(this.stream(id, header, translator(language)), {
      type: 'text/csv; charset=utf-8',
      disposition: `attachment; filename="${language === 'da' ? 'fejl' : 'errors'}-${id}.csv"`,
    });
  }

  private stream(importId: number, header: TableHeader | null, t: Translator): Readable {
    const headings = header?.headings ?? [];
    const nameOf = new Map(
      Object.entries(header?.mapping ?? {}).map(([name, position]) => [name, headings[position!] ?? name]),
    );
    const cells = headings.map((heading, position): CsvColumn<FaultyRow> => ({
      header: heading,
      value: ({ original }) => (original === null ? [] : fromJson<string[]>(original))[position] ?? '',
    }));
    const reasons = {
      header: t('import.reasons'),
      value: ({ faults }: FaultyRow) => reasonsOf(faults, nameOf, t),
    };
    return csvStream('csv-excel', [...cells, reasons], this.rows(importId), this.env.TZ_NAME);
  }

  private async *rows(importId: number): AsyncGenerator<FaultyRow> {
    for (let after = 0; ;) {
      const rows = await this.database.select<FaultyRow>(
        `SELECT rowNumber, original, faults FROM import_row
          WHERE importId = ? AND state IN ('invalid', 'failed') AND rowNumber > ? ORDER BY rowNumber LIMIT ${TOGETHER}`,
        [importId, after],
      );
      yield* rows;
      if (rows.length < TOGETHER) return;
      after = rows.at(-1)!.rowNumber;
    }
  }
}

function reasonsOf(faults: string | null, nameOf: ReadonlyMap<string, string>, t: Translator): string {
  const list = faults ? (JSON.parse(faults) as FieldFault[]) : [];
  return list
    .map((fault) => {
      const heading = nameOf.get(fault.field) ?? fault.field;
      return heading ? `${heading}: ${faultMessage(fault, t)}` : faultMessage(fault, t);
    })
    .join(' ');
}
