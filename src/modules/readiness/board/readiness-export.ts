import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { Scope } from '../../../common/access/scope.js';
import { csvStream, type CsvColumn, type CsvFormat } from '../../../common/csv.js';
import { ENV, type Env } from '../../../config/env.js';
import { translator, type Translator } from '../../../web/i18n/translate.js';
import { viewReasons } from '../reason-view.js';
import { ShiftNames, type NamedShift } from './shift-names.js';
import { ShiftReadinessQueries, type ReadinessFilter } from './shift-readiness.queries.js';

/** So many shifts get their names at once. */
const TOGETHER = 1_000;

/** All shifts of a period with their answers as a file. */
@Injectable()
export class ReadinessExport {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly shifts: ShiftReadinessQueries,
    private readonly names: ShiftNames,
  ) {}

  /** The shifts as CSV, written as they are read. */
  stream(scope: Scope, filter: ReadinessFilter, format: CsvFormat, language: string): Readable {
    const columns = columnsOf(format, translator(language));
    return csvStream(format, columns, this.rows(scope, filter), this.env.TZ_NAME);
  }

  private async *rows(scope: Scope, filter: ReadinessFilter): AsyncGenerator<NamedShift> {
    for await (const shifts of this.shifts.batches(scope, filter, TOGETHER))
      yield* await this.names.add(shifts);
  }
}

function columnsOf(format: CsvFormat, t: Translator): CsvColumn<NamedShift>[] {
  const isExcel = format === 'csv-excel';
  const column = (field: string, value: CsvColumn<NamedShift>['value']): CsvColumn<NamedShift> => ({
    header: isExcel ? t(`report.column.${field}`) : field,
    value,
  });
  const reasons = ({ reasons: all, agentId }: NamedShift) =>
    isExcel
      ? viewReasons(all, { agentId, isOwn: false }, t).map(({ text }) => text)
      : all.map(({ code }) => code);
  return [
    column('shiftId', (shift) => shift.shiftId),
    column('startsAt', (shift) => shift.at),
    column('endsAt', (shift) => shift.endsAt),
    column('agentId', (shift) => shift.agentId),
    column('lastName', (shift) => shift.lastName),
    column('firstName', (shift) => shift.firstName),
    column('municipalityCode', (shift) => shift.employment.municipalityCode),
    column('municipality', (shift) => shift.municipalityName),
    column('state', (shift) => (isExcel ? t(`readiness.state.${stateOf(shift)}`) : stateOf(shift))),
    column('reasons', (shift) => reasons(shift).join(' ')),
    column('overriddenBy', (shift) => shift.override?.byName ?? null),
    column('overrideReason', (shift) => overrideReason(shift, isExcel ? t : undefined)),
  ];
}

function overrideReason({ override }: NamedShift, t: Translator | undefined): string | null {
  if (!override) return null;
  return t ? t(`readiness.override.${override.reason}`) : override.reason;
}

/** How a shift is marked: an exception is told apart from being ready. */
export function stateOf({
  ready,
  override,
}: Pick<NamedShift, 'ready' | 'override'>): 'ready' | 'overridden' | 'not_ready' {
  if (override) return 'overridden';
  return ready ? 'ready' : 'not_ready';
}
