import { Injectable, type OnModuleInit } from '@nestjs/common';
import { execute } from '../../database/sql.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { PersonalData, Retention, type PersonalHolding } from '../privacy/index.js';

/** Settled reports are kept so long: what was asked for may be looked up, who asked need not be. */
const REPORT_MONTHS = 24;

/** The agents that a person is. */
const OWN_AGENT = '(SELECT id FROM agent WHERE personId = ?)';

const HOLDINGS: PersonalHolding[] = [
  { table: 'guide', select: 'SELECT title, createdAt, archivedAt FROM guide WHERE createdByPersonId = ?' },
  {
    table: 'guide_version',
    select: 'SELECT title, number, publishedAt, withdrawnAt FROM guide_version WHERE publishedByPersonId = ?',
  },
  {
    table: 'agent_skill',
    select: `SELECT skill FROM agent_skill WHERE agentId IN ${OWN_AGENT}`,
    erase: async (tx, personId) => {
      await execute(tx, `DELETE FROM agent_skill WHERE agentId IN ${OWN_AGENT}`, [personId]);
    },
  },
  {
    table: 'read_receipt',
    select: `SELECT v.title, v.number, r.readAt
               FROM read_receipt r JOIN guide_version v ON v.id = r.versionId WHERE r.agentId IN ${OWN_AGENT}`,
    erase: async (tx, personId) => {
      await execute(tx, `DELETE FROM read_receipt WHERE agentId IN ${OWN_AGENT}`, [personId]);
    },
  },
  {
    table: 'guide_image',
    select: 'SELECT fileName, uploadedAt FROM guide_image WHERE uploadedByPersonId = ?',
  },
  {
    table: 'guide_report',
    select: `SELECT r.kind, r.topic, g.title, r.reportedAt, r.settledAt
               FROM guide_report r LEFT JOIN guide g ON g.id = r.guideId WHERE r.reportedByPersonId = ?`,
    erase: async (tx, personId) => {
      await execute(tx, 'DELETE FROM guide_report WHERE reportedByPersonId = ?', [personId]);
    },
  },
];

/** What the module holds about a person, and for how long. */
@Injectable()
export class GuidePersonalData implements OnModuleInit {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly personalData: PersonalData,
    private readonly retention: Retention,
  ) {}

  onModuleInit(): void {
    this.personalData.register(...HOLDINGS);
    this.retention.register({
      key: 'guide_reports',
      months: REPORT_MONTHS,
      run: async (before) => {
        const { affected } = await this.unitOfWork.run((tx) =>
          execute(tx, 'DELETE FROM guide_report WHERE settledAt < ?', [before]),
        );
        return affected;
      },
    });
  }
}
