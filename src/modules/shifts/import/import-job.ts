import type { PlanFormat, ShiftImportState } from '../entities/shift-import.entity.js';
import type { PlanCovers } from '../entities/shift-plan.entity.js';
import { fromJson, selectRows, toInstantOrNull } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import type { PlanHeader } from './shift-columns.rules.js';

/** An import as those see it who work at it. */
export interface ImportJob {
  id: number;
  source: 'upload' | 'feed';
  state: ShiftImportState;
  format: PlanFormat;
  storedAs: string | null;
  checksum: string;
  encoding: string;
  delimiter: string;
  actorPersonId: number | null;
  header: PlanHeader | null;
  covers: PlanCovers;
  municipalities: string[];
  coversFrom: Date | null;
  coversTo: Date | null;
  comparedUpTo: number;
  comparedAt: Date | null;
}

type Raw = Omit<ImportJob, 'header' | 'municipalities' | 'coversFrom' | 'coversTo' | 'comparedAt'> & {
  header: string | PlanHeader | null;
  municipalities: string | string[];
  coversFrom: string | Date | null;
  coversTo: string | Date | null;
  comparedAt: string | Date | null;
};

/** The import as it stands; undefined when it is gone. */
export async function loadImport(tx: Tx, importId: number): Promise<ImportJob | undefined> {
  const [raw] = await selectRows<Raw>(
    tx,
    `SELECT id, source, state, format, storedAs, checksum, encoding, delimiter, actorPersonId, header, covers, municipalities,
            coversFrom, coversTo, comparedUpTo, comparedAt FROM shift_import WHERE id = ?`,
    [importId],
  );
  if (!raw) return undefined;
  return {
    ...raw,
    header: raw.header === null ? null : fromJson<PlanHeader>(raw.header),
    municipalities: fromJson<string[]>(raw.municipalities),
    coversFrom: toInstantOrNull(raw.coversFrom),
    coversTo: toInstantOrNull(raw.coversTo),
    comparedAt: toInstantOrNull(raw.comparedAt),
  };
}
