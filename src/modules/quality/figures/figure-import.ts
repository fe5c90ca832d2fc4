import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import type { Principal } from '../../../common/access/principal.js';
import { Clock } from '../../../common/clock.js';
import { DomainError, type FieldFault } from '../../../common/domain-error.js';
import { Database } from '../../../database/database.js';
import type { Tx } from '../../../database/unit-of-work.js';
import { ImportKinds, type ImportActor, type ImportOptions, type NamedCells } from '../../imports/index.js';
import { FigureLooks } from '../figure-looks.js';
import { unitOfShares, parseMonth } from './figure-cells.rules.js';
import { FigureChecks } from './figure-checks.js';
import { FIGURE_COLUMN_NAMES, figureMappingFaults } from './figure-columns.rules.js';
import { isTotal, readFigureRow, type FigureRow } from './figure-row.rules.js';
import { FigureWriter, type NewFigure } from './figure-writer.js';
import { invalidFields } from './invalid-fields.js';

/** Rows in one unit of work: others who write wait no longer than that takes. */
const TOGETHER = 250;

/** Imports monthly figures from the phone system or a Power BI export. */
@Injectable()
export class FigureImport implements OnModuleInit {
  constructor(
    private readonly kinds: ImportKinds,
    private readonly clock: Clock,
    private readonly checks: FigureChecks,
    private readonly writer: FigureWriter,
    private readonly database: Database,
    private readonly looks: FigureLooks,
  ) {}

  onModuleInit(): void {
    this.kinds.register<FigureRow>({
      name: 'resolution',
      roles: ['secretariat'],
      columns: FIGURE_COLUMN_NAMES,
      mappingFaults: figureMappingFaults,
      options: figureOptions,
      skip: isTotal,
      read: readCells,
      check: (rows) => this.checks.checkAll(rows),
      seen: (importId, by) => this.seen(importId, by),
      mails: () => 0,
      write: async (tx, row, actor) => (await this.writeAll(tx, [row], actor))[0]!,
      writeAll: { rows: TOGETHER, write: (tx, rows, actor) => this.writeAll(tx, rows, actor) },
    });
  }

  /** The agents whose rows somebody sees, as far as they are known. */
  private async seen(importId: number, by: Principal): Promise<void> {
    const rows = await this.database.select<{ agentId: number }>(
      `SELECT DISTINCT a.id AS agentId FROM import_row r JOIN person p ON p.emailKey = r.emailKey
         JOIN agent a ON a.personId = p.id WHERE r.importId = ?`,
      [importId],
    );
    await this.looks.record(
      by,
      rows.map(({ agentId }) => agentId),
      'import',
    );
  }

  private async writeAll(tx: Tx, rows: readonly FigureRow[], actor: ImportActor): Promise<number[]> {
    const figures = await this.figuresOf(tx, rows);
    const written = await this.writer.write(tx, figures, actor.personId, this.clock.now());
    return written.map(({ id }) => id);
  }

  /** Asked again when they are written: an agreement may have ended, or an agent may have left. */
  private async figuresOf(tx: EntityManager | DataSource, rows: readonly FigureRow[]): Promise<NewFigure[]> {
    const answers = await this.checks.of(tx, rows);
    return answers.map((answer) => {
      if ('figure' in answer) return answer.figure;
      const fault: FieldFault =
        'fault' in answer ? answer.fault : { field: 'agent', code: 'figures_agent_unknown' };
      throw new DomainError('row_not_written', 'rule', { faults: [fault] });
    });
  }
}

/** The chosen month, and of what shares without a mark are parts. @throws DomainError `invalid_input` */
function figureOptions(chosen: ImportOptions, table: readonly NamedCells[]): ImportOptions {
  const { forMonth = '', ...others } = chosen;
  const month = forMonth.trim() === '' ? undefined : parseMonth(forMonth);
  if (forMonth.trim() !== '' && !month)
    throw invalidFields([{ field: 'forMonth', code: 'figures_month_unreadable' }]);
  const shares = table.flatMap(({ share }) => share ?? []);
  return { ...others, ...(month && { forMonth: month }), shareUnit: unitOfShares(shares) };
}

function readCells(cells: NamedCells, options: ImportOptions): FigureRow {
  const row = readFigureRow(cells, options);
  if (Array.isArray(row)) throw invalidFields(row);
  return row;
}
