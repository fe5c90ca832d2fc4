import { Injectable, type OnModuleInit } from '@nestjs/common';
import { execute } from '../../../database/sql.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { PersonalData, Retention, type PersonalHolding } from '../../privacy/index.js';

const OWN_AGENT = '(SELECT id FROM agent WHERE personId = ?)';
const ENDED = '(SELECT id FROM quality_case WHERE endedAt < ?)';

const HOLDINGS: PersonalHolding[] = [
  {
    table: 'quality_case',
    select: `SELECT streakFrom, streakTo, state, agentToldAt, leaderToldAt, isTalkRelevant, createdAt, endedAt, endReason
               FROM quality_case WHERE agentId IN ${OWN_AGENT} ORDER BY id`,
  },
  {
    table: 'quality_case_month',
    select: `SELECT x.month, x.answered, x.resolved, x.warmTransferred FROM quality_case_month x JOIN quality_case c ON c.id = x.caseId
              WHERE c.agentId IN ${OWN_AGENT} ORDER BY x.caseId, x.month`,
  },
  {
    table: 'figure_dispute',
    select: `SELECT month, reason, createdAt, answer, answeredAt FROM figure_dispute WHERE agentId IN ${OWN_AGENT} ORDER BY id`,
  },
  {
    table: 'figure_dispute',
    select: 'SELECT answeredAt FROM figure_dispute WHERE answeredByPersonId = ? ORDER BY id',
  },
];

/** What cases hold about a person, and for how long. */
@Injectable()
export class CasePersonalData implements OnModuleInit {
  constructor(
    private readonly personalData: PersonalData,
    private readonly retention: Retention,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  onModuleInit(): void {
    this.personalData.register(...HOLDINGS);
    this.retention.register({ key: 'quality_cases', months: 12, run: (before) => this.purge(before) });
  }

  /** Cases that have ended, with the talks that came of them, and what was answered about figures. */
  private purge(before: Date): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      await execute(
        tx,
        `DELETE FROM coaching_time WHERE talkId IN (SELECT id FROM coaching_talk WHERE caseId IN ${ENDED})`,
        [before],
      );
      await execute(tx, `DELETE FROM coaching_talk WHERE caseId IN ${ENDED}`, [before]);
      await execute(tx, `DELETE FROM quality_case_month WHERE caseId IN ${ENDED}`, [before]);
      const cases = await execute(tx, 'DELETE FROM quality_case WHERE endedAt < ?', [before]);
      const disputes = await execute(tx, 'DELETE FROM figure_dispute WHERE answeredAt < ?', [before]);
      return cases.affected + disputes.affected;
    });
  }
}
