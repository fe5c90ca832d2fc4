import { Injectable, type OnModuleInit } from '@nestjs/common';
import { execute } from '../../../database/sql.js';
import { PersonalData, type PersonalHolding } from '../../privacy/index.js';

const OWN_AGENT = '(SELECT id FROM agent WHERE personId = ?)';
const TALKS = (columns: string) =>
  `SELECT ${columns} FROM coaching_talk WHERE agentId IN ${OWN_AGENT} OR coachPersonId = ? OR offeredByPersonId = ?`;
const TALK_COLUMNS = 'state, startsAt, minutes, link, createdAt, endedAt';

const HOLDINGS: PersonalHolding[] = [
  {
    table: 'coach_grant',
    select: 'SELECT grantedAt FROM coach_grant WHERE personId = ? OR grantedByPersonId = ?',
    erase: async (tx, personId) => {
      await execute(tx, 'DELETE FROM coach_grant WHERE personId = ?', [personId]);
    },
  },
  {
    table: 'coaching_talk',
    select: TALKS(TALK_COLUMNS),
    // Of a talk somebody else has had, the next step is none of a coach's business.
    ownSelect: TALKS(`${TALK_COLUMNS}, CASE WHEN agentId IN ${OWN_AGENT} THEN nextStep END AS nextStep`),
    erase: async (tx, personId) => {
      await execute(tx, `UPDATE coaching_talk SET nextStep = NULL, link = NULL WHERE agentId IN ${OWN_AGENT}`, [
        personId,
      ]);
    },
  },
  {
    table: 'coaching_time',
    select: `SELECT i.startsAt, i.createdAt FROM coaching_time i JOIN coaching_talk t ON t.id = i.talkId
              WHERE t.agentId IN ${OWN_AGENT}`,
    erase: async (tx, personId) => {
      await execute(
        tx,
        `DELETE FROM coaching_time WHERE talkId IN (SELECT id FROM coaching_talk WHERE agentId IN ${OWN_AGENT})`,
        [personId],
      );
    },
  },
];

/** What talks hold about a person. */
@Injectable()
export class CoachingPersonalData implements OnModuleInit {
  constructor(private readonly personalData: PersonalData) {}

  onModuleInit(): void {
    this.personalData.register(...HOLDINGS);
  }
}
