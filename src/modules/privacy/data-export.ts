import { Injectable } from '@nestjs/common';
import type { Principal } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { DomainError } from '../../common/domain-error.js';
import { Database } from '../../database/database.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { AuditService } from '../audit/index.js';
import { PersonalData } from './personal-data.js';

/** Everything that is kept about one person, table by table. */
export interface PersonExport {
  personId: number;
  exportedAt: string;
  tables: Record<string, Record<string, string | number | null>[]>;
  /** Tables that hold more than is given here; the rest is to be asked for. */
  incomplete: string[];
}

const MAX_ROWS = 5_000;

/** Gathers what is kept about a person (GDPR article 15). */
@Injectable()
export class DataExport {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
    private readonly audit: AuditService,
  ) {}

  /**
   * The export for the person, or for the secretariat that answers a request; the look is noted.
   * @throws DomainError `not_found` for anybody else
   */
  async of(personId: number, by: Principal): Promise<PersonExport> {
    const mayLook = by.personId === personId || by.roles.includes('secretariat');
    const [known] = mayLook
      ? await this.database.select('SELECT id FROM person WHERE id = ?', [personId])
      : [];
    if (!known) throw new DomainError('not_found', 'not_found');
    const tables: PersonExport['tables'] = {};
    const incomplete: string[] = [];
    const isOwn = by.personId === personId;
    for (const { table, select: shared, ownSelect } of this.personalData.holdings()) {
      const select = (isOwn && ownSelect) || shared;
      const places = select.split('?').length - 1;
      const rows = await this.database.select<Record<string, unknown>>(
        `${select} LIMIT ${MAX_ROWS + 1}`,
        Array.from({ length: places }, () => personId),
      );
      const isLessThanOwn = !isOwn && ownSelect !== undefined && rows.length > 0;
      if (rows.length > MAX_ROWS || isLessThanOwn) incomplete.push(table);
      tables[table] = [...(tables[table] ?? []), ...rows.slice(0, MAX_ROWS).map(plainRow)];
    }
    await this.unitOfWork.run((tx) =>
      this.audit.record(tx, {
        actorPersonId: by.personId,
        action: 'person.data_exported',
        subjectType: 'person',
        subjectId: personId,
      }),
    );
    return { personId, exportedAt: this.clock.now().toISOString(), tables, incomplete };
  }
}

function plainRow(row: Record<string, unknown>): Record<string, string | number | null> {
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [key, plainValue(value)]));
}

/** MySQL gives a JSON column parsed. */
function plainValue(value: unknown): string | number | null {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' && value !== null
    ? JSON.stringify(value)
    : (value as string | number | null);
}
