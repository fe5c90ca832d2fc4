import { Injectable, type OnModuleInit } from '@nestjs/common';
import { execute } from '../../database/sql.js';
import { PersonalData, type PersonalHolding } from '../privacy/index.js';

const OWN_AGENT = '(SELECT id FROM agent WHERE personId = ?)';

const OVERRIDES: PersonalHolding = {
  table: 'readiness_override',
  select: `SELECT startsAt, reason, note, createdAt FROM readiness_override WHERE agentId IN ${OWN_AGENT} OR byPersonId = ?`,
  erase: async (tx, personId) => {
    await execute(tx, `DELETE FROM readiness_override WHERE agentId IN ${OWN_AGENT}`, [personId]);
  },
};

const POLICIES: PersonalHolding = {
  table: 'readiness_policy',
  select: 'SELECT unreadGuide, createdAt FROM readiness_policy WHERE byPersonId = ?',
};

const NOTICES: PersonalHolding = {
  table: 'reading_notice',
  select: `SELECT v.title, v.number, n.startsAt, n.toldAt FROM reading_notice n
             JOIN guide_version v ON v.id = n.versionId WHERE n.agentId IN ${OWN_AGENT}`,
  erase: async (tx, personId) => {
    await execute(tx, `DELETE FROM reading_notice WHERE agentId IN ${OWN_AGENT}`, [personId]);
  },
};

const MINUTES: PersonalHolding = {
  table: 'minutes_notice',
  select: `SELECT v.title, v.number, n.toldAt FROM minutes_notice n
             JOIN guide_version v ON v.id = n.versionId WHERE n.leaderId = ?`,
  erase: async (tx, personId) => {
    await execute(tx, 'DELETE FROM minutes_notice WHERE leaderId = ?', [personId]);
  },
};

/** What the module holds about a person. */
@Injectable()
export class ReadinessPersonalData implements OnModuleInit {
  constructor(private readonly personalData: PersonalData) {}

  onModuleInit(): void {
    this.personalData.register(OVERRIDES, POLICIES, NOTICES, MINUTES, {
      table: 'reading_requirement',
      select: `SELECT v.title, v.number, q.dueAt, q.readAt FROM reading_requirement q
                 JOIN guide_version v ON v.id = q.versionId WHERE q.agentId IN ${OWN_AGENT}`,
      erase: async (tx, personId) => {
        await execute(tx, `DELETE FROM reading_requirement WHERE agentId IN ${OWN_AGENT}`, [personId]);
      },
    });
  }
}
