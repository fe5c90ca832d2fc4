import { Injectable, type OnModuleInit } from '@nestjs/common';
import { execute } from '../../../database/sql.js';
import { PersonalData } from '../../privacy/index.js';

const OWN_AGENT = '(SELECT id FROM agent WHERE personId = ?)';

/** What is kept of people for the sake of programs that are told of readiness. */
@Injectable()
export class SubscriptionPersonalData implements OnModuleInit {
  constructor(private readonly personalData: PersonalData) {}

  onModuleInit(): void {
    this.personalData.register(
      {
        table: 'readiness_subscription',
        select: 'SELECT url, createdAt FROM readiness_subscription WHERE createdByPersonId = ?',
      },
      {
        table: 'readiness_told',
        select: `SELECT isReady FROM readiness_told WHERE agentId IN ${OWN_AGENT}`,
        erase: async (tx, personId) => {
          await execute(tx, `DELETE FROM readiness_told WHERE agentId IN ${OWN_AGENT}`, [personId]);
        },
      },
      {
        table: 'readiness_message',
        select: `SELECT body, createdAt FROM readiness_message WHERE agentId IN ${OWN_AGENT}`,
        erase: async (tx, personId) => {
          await execute(tx, `DELETE FROM readiness_message WHERE agentId IN ${OWN_AGENT}`, [personId]);
        },
      },
    );
  }
}
