import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../common/access/principal.js';
import { Clock } from '../../../common/clock.js';
import type { FieldFault } from '../../../common/domain-error.js';
import { Idempotency, type IdempotentCall } from '../../../database/idempotency.js';
import type { Tx } from '../../../database/unit-of-work.js';
import type { Translator } from '../../../web/i18n/translate.js';
import { faultMessage } from '../../../web/problems/fault-message.js';
import { FigureChecks, type CheckedFigure, type NamedFigure } from './figure-checks.js';
import { countFaults } from './figure-row.rules.js';
import { FigureWriter, type NewFigure, type WrittenFigure } from './figure-writer.js';
import { repeatFaults } from './repeats.rules.js';
import type { PostedFigure } from './resolution-figures.schemas.js';

/** What became of one of many figures. */
export interface PostedFigureView {
  index: number;
  status: WrittenFigure['change'] | 'refused';
  id: number | null;
  agentId: number | null;
  month: string;
  errors: (Pick<FieldFault, 'field' | 'code'> & { message: string })[];
}

/** What became of many figures. */
export interface PostedFiguresView {
  new: number;
  changed: number;
  same: number;
  refused: number;
  items: PostedFigureView[];
}

/** Takes figures from programs, by the same rules as from files. */
@Injectable()
export class FigurePosting {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly clock: Clock,
    private readonly checks: FigureChecks,
    private readonly writer: FigureWriter,
  ) {}

  /** Writes those that may be kept, and tells of each what became of it. */
  post(
    figures: readonly PostedFigure[],
    { personId }: Principal,
    call: IdempotentCall,
    t: Translator,
  ): Promise<PostedFiguresView> {
    return this.idempotency.run(call, (tx) => this.write(tx, figures, personId, t));
  }

  private async write(tx: Tx, figures: readonly PostedFigure[], personId: number, t: Translator) {
    const answers = await this.checks.of(tx, figures.map(named));
    const impossible = figures.map(countFaults);
    const repeats = repeatFaults(
      answers.map((answer, rowNumber) =>
        'figure' in answer && impossible[rowNumber]!.length === 0
          ? { ...answer.figure, rowNumber }
          : undefined,
      ),
    );
    const faults = figures.map((_, index) => [
      ...impossible[index]!,
      ...faultsOf(answers[index]!),
      ...(repeats[index] ? [repeats[index]] : []),
    ]);
    const kept = answers.flatMap((answer, index): { index: number; figure: NewFigure }[] =>
      'figure' in answer && faults[index]!.length === 0 ? [{ index, figure: answer.figure }] : [],
    );
    const written = await this.writer.write(
      tx,
      kept.map(({ figure }) => figure),
      personId,
      this.clock.now(),
    );
    const became = new Map(kept.map(({ index, figure }, at) => [index, { ...figure, ...written[at]! }]));
    const items = figures.map(({ month }, index): PostedFigureView => {
      const { id = null, agentId = null, change = 'refused' } = became.get(index) ?? {};
      const errors = faults[index]!.map((fault) => ({
        field: fault.field,
        code: fault.code,
        message: faultMessage(fault, t),
      }));
      return { index, status: change, id, agentId, month, errors };
    });
    return { ...countsOf(items), items };
  }
}

function named({ agentId, phoneSystemId = '', email = '', ...counts }: PostedFigure): NamedFigure {
  return { ...counts, naming: { ownId: agentId, agentId: '', phoneSystemId, email, name: '' } };
}

function faultsOf(answer: CheckedFigure): FieldFault[] {
  if ('fault' in answer) return [answer.fault];
  return 'isIgnored' in answer ? [{ field: 'agentId', code: 'figures_agent_ignored' }] : [];
}

function countsOf(items: readonly PostedFigureView[]) {
  const count = (status: PostedFigureView['status']) => items.filter((item) => item.status === status).length;
  return { new: count('new'), changed: count('changed'), same: count('same'), refused: count('refused') };
}
