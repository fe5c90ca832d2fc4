import { Injectable, type OnModuleInit } from '@nestjs/common';
import { execute } from '../../../database/sql.js';
import { PersonalData, type PersonalHolding } from '../../privacy/index.js';

const OWN_AGENT = '(SELECT id FROM agent WHERE personId = ?)';
const TALK = 'state, startsAt, minutes, link, createdAt, endedAt';

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
    select: `SELECT ${TALK} FROM coaching_talk WHERE agentId IN ${OWN_AGENT}`,
    ownSelect: `SELECT ${TALK}, nextStep FROM coaching_talk WHERE agentId IN ${OWN_AGENT}`,
    erase: async (tx, personId) => {
      await execute(
        tx,
        `UPDATE coaching_talk SET nextStep = NULL, link = NULL WHERE agentId IN ${OWN_AGENT}`,
        [personId],
      );
    },
  },
  {
    // A coach is told of the talks that an agent said yes to, and of no other.
    table: 'coaching_talk',
    select: `SELECT state, startsAt, minutes, createdAt, endedAt FROM coaching_talk
              WHERE coachPersonId = ? AND state IN ('accepted', 'held', 'not_held')`,
  },
  {
    table: 'coaching_talk',
    select: 'SELECT createdAt FROM coaching_talk WHERE offeredByPersonId = ?',
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
