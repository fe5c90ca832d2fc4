import { Injectable, type OnModuleInit } from '@nestjs/common';
import { execute } from '../../database/sql.js';
import { PersonalData } from '../privacy/index.js';

const OWN_AGENT = '(SELECT id FROM agent WHERE personId = ?)';

/** What the module holds about a person. */
@Injectable()
export class ReadinessPersonalData implements OnModuleInit {
  constructor(private readonly personalData: PersonalData) {}

  onModuleInit(): void {
    this.personalData.register(
      {
        table: 'reading_requirement',
        select: `SELECT v.title, v.number, q.dueAt, q.readAt FROM reading_requirement q
                   JOIN guide_version v ON v.id = q.versionId WHERE q.agentId IN ${OWN_AGENT}`,
        erase: async (tx, personId) => {
          await execute(tx, `DELETE FROM reading_requirement WHERE agentId IN ${OWN_AGENT}`, [personId]);
        },
      },
      {
        table: 'reading_notice',
        select: `SELECT v.title, v.number, n.startsAt, n.toldAt FROM reading_notice n
                   JOIN guide_version v ON v.id = n.versionId WHERE n.agentId IN ${OWN_AGENT}`,
        erase: async (tx, personId) => {
          await execute(tx, `DELETE FROM reading_notice WHERE agentId IN ${OWN_AGENT}`, [personId]);
        },
      },
      {
        table: 'minutes_notice',
        select: `SELECT v.title, v.number, n.toldAt FROM minutes_notice n
                   JOIN guide_version v ON v.id = n.versionId WHERE n.leaderId = ?`,
        erase: async (tx, personId) => {
          await execute(tx, 'DELETE FROM minutes_notice WHERE leaderId = ?', [personId]);
        },
      },
    );
  }
}
