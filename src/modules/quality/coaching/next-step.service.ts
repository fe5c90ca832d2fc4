import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../common/access/principal.js';
import { DomainError } from '../../../common/domain-error.js';
import { Database } from '../../../database/database.js';
import { execute } from '../../../database/sql.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { offeredTo } from './talk-viewer.js';

/**
 * What an agent wants to do after a talk, for the agent's own eyes: it is read here and in the own data export, and nowhere else.
 * That it was written is not noted anywhere either.
 */
@Injectable()
export class NextStepService {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** The agent's own words; null when there are none. @throws DomainError `not_found` for anybody else */
  async read(talkId: number, by: Principal): Promise<string | null> {
    const own = offeredTo(by);
    const row = await this.database.selectOne<{ nextStep: string | null }>(
      `SELECT t.nextStep FROM coaching_talk t WHERE t.id = ? AND ${own.sql}`,
      [talkId, ...own.values],
    );
    if (!row) throw new DomainError('not_found', 'not_found');
    return row.nextStep;
  }

  /** Writes, changes or, with null, deletes it. @throws DomainError `not_found` */
  async write(talkId: number, nextStep: string | null, by: Principal): Promise<void> {
    await this.read(talkId, by);
    await this.unitOfWork.run(async (tx) => {
      // Not a change of the talk: the version, which the coach edits under, stays.
      await execute(tx, 'UPDATE coaching_talk SET nextStep = ? WHERE id = ? AND agentId = ?', [
        nextStep,
        talkId,
        by.agentId,
      ]);
    });
  }
}
