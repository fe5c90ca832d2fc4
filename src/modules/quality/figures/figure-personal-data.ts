import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ENV, type Env } from '../../../config/env.js';
import { execute } from '../../../database/sql.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { PersonalData, Retention, type PersonalHolding } from '../../privacy/index.js';
import { DisputeRemoval } from '../notices/dispute-removal.js';

const OWN_AGENT = '(SELECT id FROM agent WHERE personId = ?)';

const HOLDINGS: PersonalHolding[] = [
  {
    // The counts stay in the totals of municipalities; they name nobody once the person is erased.
    table: 'resolution_figure',
    select: `SELECT month, answered, resolved, warmTransferred, handlingSeconds, changedAt FROM resolution_figure
              WHERE agentId IN ${OWN_AGENT} ORDER BY month`,
  },
  {
    table: 'figure_correction',
    select: `SELECT month, answeredBefore, resolvedBefore, warmTransferredBefore, answeredAfter, resolvedAfter, warmTransferredAfter, at
               FROM figure_correction WHERE agentId IN ${OWN_AGENT} ORDER BY id`,
  },
  {
    table: 'figure_alias',
    select: `SELECT aliasKey, createdAt FROM figure_alias WHERE agentId IN ${OWN_AGENT}`,
    erase: async (tx, personId) => {
      await execute(tx, `DELETE FROM figure_alias WHERE agentId IN ${OWN_AGENT}`, [personId]);
    },
  },
];

/** What figures hold about a person, and for how long. */
@Injectable()
export class FigurePersonalData implements OnModuleInit {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly personalData: PersonalData,
    private readonly retention: Retention,
    private readonly unitOfWork: UnitOfWork,
    private readonly disputes: DisputeRemoval,
  ) {}

  onModuleInit(): void {
    this.personalData.register(...HOLDINGS);
    this.retention.register({
      key: 'figures',
      months: this.env.RETENTION_FIGURE_MONTHS,
      run: (before) => this.purge(before),
    });
  }

  /** Whole months: one that is not known any more says nothing, whereas one without figures would say that nobody had calls. */
  private purge(before: Date): Promise<number> {
    const month = before.toISOString().slice(0, 7);
    return this.unitOfWork.run(async (tx) => {
      await execute(tx, 'DELETE FROM resolution_month WHERE month < ?', [month]);
      await execute(tx, 'DELETE FROM figure_correction WHERE month < ?', [month]);
      await this.disputes.remove(tx, { sql: 'month < ?', values: [month] });
      await execute(
        tx,
        'DELETE FROM closing_exclusion WHERE closingId IN (SELECT id FROM month_closing WHERE month < ?)',
        [month],
      );
      return (await execute(tx, 'DELETE FROM resolution_figure WHERE month < ?', [month])).affected;
    });
  }
}
