import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { execute, orUpdate, type SqlValue } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';

/** A version of which somebody was told, with the agent and the shift that asks for it. */
export interface ToldVersion {
  agentId: number;
  versionId: number;
  startsAt: Date;
}

const KEY = ['agentId', 'versionId'] as const;
const ROWS_A_STATEMENT = 1_000;

/** Notes what agents and leaders have been mailed; always inside the unit of work that queued the mail. */
@Injectable()
export class NoticeWriter {
  constructor(private readonly clock: Clock) {}

  /** The agents were told in a mail. */
  agentsTold(tx: Tx, told: readonly (ToldVersion & { mailId: number })[]): Promise<void> {
    return this.write(
      tx,
      ['startsAt', 'toldAt', 'mailId'],
      told.map((one) => [one.agentId, one.versionId, one.startsAt, this.clock.now(), one.mailId]),
    );
  }

  /** The leader of the agents was told in a mail, or the secretariat by a task. */
  leaderTold(tx: Tx, told: readonly ToldVersion[], mailId: number | null): Promise<void> {
    return this.write(
      tx,
      ['leaderStartsAt', 'leaderToldAt', 'leaderMailId'],
      told.map((one) => [one.agentId, one.versionId, one.startsAt, this.clock.now(), mailId]),
    );
  }

  private async write(tx: Tx, columns: readonly string[], rows: readonly SqlValue[][]): Promise<void> {
    for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT) {
      const some = rows.slice(from, from + ROWS_A_STATEMENT);
      await execute(
        tx,
        `INSERT INTO reading_notice (${[...KEY, ...columns].join(', ')})
         VALUES ${some.map(() => '(?, ?, ?, ?, ?)').join(', ')}${orUpdate(tx, KEY, columns)}`,
        some.flat(),
      );
    }
  }
}
