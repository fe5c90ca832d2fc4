import { Injectable } from '@nestjs/common';
import { execute, insertRows, lockClause, orUpdate, placeholders } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import { AuditService } from '../../audit/index.js';
import type { FigureCorrection } from '../entities/figure-correction.entity.js';
import type { ResolutionFigure } from '../entities/resolution-figure.entity.js';
import type { Month } from '../month.rules.js';
import { figureChange, type FigureChange, type ToldCounts } from './figure-change.rules.js';
import { KnownFigures, type FigureKey, type KnownFigure } from './known-figures.js';

/** A figure that may be kept. */
export type NewFigure = FigureKey & ToldCounts;

/** What became of a figure. */
export interface WrittenFigure {
  id: number;
  change: FigureChange['change'];
}

interface Step extends FigureKey, FigureChange {
  before: KnownFigure | undefined;
}

const WRITTEN_TOGETHER = 500;

/**
 * Writes figures, and what they were before when they change. All writing of figures goes through here. The caller has made sure that
 * they may be kept (`FigureGates`), and that no agent stands twice for a month.
 */
@Injectable()
export class FigureWriter {
  constructor(
    private readonly known: KnownFigures,
    private readonly audit: AuditService,
  ) {}

  /** Writes what differs from what is kept; the rest is left alone. @returns what became of each, in the same order */
  async write(tx: Tx, rows: readonly NewFigure[], byPersonId: number, at: Date): Promise<WrittenFigure[]> {
    const written: WrittenFigure[] = [];
    await this.holdMonths(tx, rows, at);
    for (let from = 0; from < rows.length; from += WRITTEN_TOGETHER)
      written.push(...(await this.writeSome(tx, rows.slice(from, from + WRITTEN_TOGETHER), byPersonId, at)));
    return written;
  }

  private async writeSome(tx: Tx, rows: readonly NewFigure[], byPersonId: number, at: Date) {
    const before = await this.known.of(tx, rows, lockClause(tx));
    const steps = rows.map((row): Step => {
      const { agentId, month } = row;
      return { agentId, month, before: before(row), ...figureChange(before(row), row) };
    });
    const changed = steps.filter(({ change }) => change !== 'same');
    if (changed.length > 0) {
      await this.put(tx, changed, at);
      await this.correct(tx, changed, byPersonId, at);
      await this.tell(tx, changed, byPersonId, at);
    }
    const after = await this.known.of(tx, changed);
    return steps.map((step): WrittenFigure => ({
      id: (step.before ?? after(step))!.id,
      change: step.change,
    }));
  }

  /** Whoever writes figures of a month waits here for the others who do; in the order of the months, so that nobody waits in a circle. */
  private async holdMonths(tx: Tx, rows: readonly FigureKey[], at: Date): Promise<void> {
    for (const month of monthsOf(rows))
      await execute(
        tx,
        `INSERT INTO resolution_month (month, importedAt, changedAt) VALUES (?, ?, ?)${orUpdate(tx, ['month'], ['month'])}`,
        [month, at, at],
      );
  }

  private async put(tx: Tx, steps: readonly Step[], at: Date): Promise<void> {
    const rows = steps.map(({ agentId, month, after }) => ({ agentId, month, ...after, changedAt: at }));
    const columns = Object.keys(rows[0]!);
    const counts = columns.filter((column) => column !== 'agentId' && column !== 'month');
    await execute(
      tx,
      `INSERT INTO resolution_figure (${columns.join(', ')})
        VALUES ${rows.map(() => `(${placeholders(columns)})`).join(', ')}${orUpdate(tx, ['agentId', 'month'], counts)}`,
      rows.flatMap((row: Omit<ResolutionFigure, 'id'>) =>
        columns.map((column) => row[column as keyof typeof row]),
      ),
    );
  }

  private async correct(tx: Tx, steps: readonly Step[], byPersonId: number, at: Date): Promise<void> {
    const corrections = steps.flatMap(({ agentId, month, before, after, isCorrection }) =>
      before && isCorrection
        ? [
            {
              agentId,
              month,
              answeredBefore: before.answered,
              resolvedBefore: before.resolved,
              warmTransferredBefore: before.warmTransferred,
              answeredAfter: after.answered,
              resolvedAfter: after.resolved,
              warmTransferredAfter: after.warmTransferred,
              byPersonId,
              at,
            },
          ]
        : [],
    );
    if (corrections.length > 0) await insertRows<FigureCorrection>(tx, 'figure_correction', corrections);
  }

  private async tell(tx: Tx, steps: readonly Step[], actorPersonId: number, at: Date): Promise<void> {
    const months = monthsOf(steps);
    await execute(tx, `UPDATE resolution_month SET changedAt = ? WHERE month IN (${placeholders(months)})`, [
      at,
      ...months,
    ]);
    await this.audit.recordAll(
      tx,
      months.map((month) => ({
        actorPersonId,
        action: 'figures.written',
        subjectType: 'resolution_month',
        subjectId: Number(month.replace('-', '')),
        detail: { new: countOf(steps, month, 'new'), changed: countOf(steps, month, 'changed') },
      })),
    );
  }
}

function countOf(steps: readonly Step[], month: Month, change: FigureChange['change']): number {
  return steps.filter((step) => step.month === month && step.change === change).length;
}

function monthsOf(rows: readonly FigureKey[]): Month[] {
  return [...new Set(rows.map(({ month }) => month))].sort();
}
