import { Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import type { FieldFault } from '../../../common/domain-error.js';
import { Database } from '../../../database/database.js';
import type { CheckedRow, RowNote } from '../../imports/index.js';
import type { Month } from '../month.rules.js';
import { agentOf, type AgentNaming } from './agent-naming.rules.js';
import { FigureAgents } from './figure-agents.js';
import { figureChange } from './figure-change.rules.js';
import { FigureGates } from './figure-gates.js';
import type { FigureRow } from './figure-row.rules.js';
import type { NewFigure } from './figure-writer.js';
import { KnownFigures, type FigureKey, type KnownFigure } from './known-figures.js';
import { repeatFaults } from './repeats.rules.js';

/** A figure with the texts that name its agent. */
export type NamedFigure = Omit<NewFigure, 'agentId'> & { naming: AgentNaming };

/** A figure that may be kept, whose row is passed over, or what stands against it. */
export type CheckedFigure =
  { figure: NewFigure; emailKey: string } | { isIgnored: true } | { fault: FieldFault; emailKey?: string };

const CHANGES = { new: 'figure_new', changed: 'figure_changed', same: 'figure_same' } as const;

/** Finds out whose figures are told, and whether they may be kept. */
@Injectable()
export class FigureChecks {
  constructor(
    private readonly database: Database,
    private readonly agents: FigureAgents,
    private readonly gates: FigureGates,
    private readonly known: KnownFigures,
  ) {}

  /** Whose each figure is, and whether it may be kept, as the database has it now. */
  async of(source: EntityManager | DataSource, rows: readonly NamedFigure[]): Promise<CheckedFigure[]> {
    const named = await this.agents.of(
      source,
      rows.map(({ naming }) => naming),
    );
    const found = rows.map(({ naming }) => agentOf(naming, named));
    const agentIds = found.flatMap((one) => ('agent' in one ? [one.agent.agentId] : []));
    const gate = await this.gates.of(source, agentIds);
    return rows.map(({ naming: _, ...counts }, index): CheckedFigure => {
      const one = found[index]!;
      if (!('agent' in one)) return one;
      const { agentId, emailKey } = one.agent;
      const fault = gate(agentId, counts.month);
      return fault ? { fault, emailKey } : { figure: { ...counts, agentId }, emailKey };
    });
  }

  /** Adds to the rows of a table what is wrong with them, or what they would change. */
  async checkAll(rows: CheckedRow<FigureRow>[]): Promise<void> {
    const source = this.database.reader;
    const read = rows.filter((row): row is CheckedRow<FigureRow> & { input: FigureRow } => !!row.input);
    const answers = await this.of(
      source,
      read.map(({ input }) => input),
    );
    const figures = answers.flatMap((answer) => ('figure' in answer ? [answer.figure] : []));
    const before = await this.known.of(source, figures);
    const closed = await this.known.closedMonths(source);
    const repeats = repeatFaults(
      answers.map((answer, index) =>
        'figure' in answer ? { ...answer.figure, rowNumber: read[index]!.rowNumber } : undefined,
      ),
    );
    read.forEach((row, index) => {
      const answer = answers[index]!;
      if ('isIgnored' in answer) row.isSkipped = true;
      else if (answer.emailKey) row.emailKey = answer.emailKey;
      if ('fault' in answer) row.faults.push(answer.fault);
      if (repeats[index]) row.faults.push(repeats[index]);
      if ('figure' in answer) row.note = noteOf(row.input, answer.figure, before(answer.figure), closed);
    });
  }
}

function noteOf(
  { isFromShare }: FigureRow,
  figure: FigureKey & NewFigure,
  before: KnownFigure | undefined,
  closed: ReadonlySet<Month>,
): RowNote {
  const { change, after } = figureChange(before, figure);
  const now = { answered: after.answered, resolved: after.resolved };
  const then = before && { answeredBefore: before.answered, resolvedBefore: before.resolved };
  const marks: RowNote['marks'] = [{ key: CHANGES[change], args: { ...then, ...now } }];
  if (isFromShare) marks.push({ key: 'figure_from_share' });
  if (change !== 'same' && closed.has(figure.month)) marks.push({ key: 'figure_closed_month' });
  return { change, marks };
}
