import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { DomainError } from '../../../common/domain-error.js';
import { execute, orUpdate, selectRows } from '../../../database/sql.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { AuditService } from '../../audit/index.js';
import { ImportRechecks, type ImportActor } from '../../imports/index.js';
import { UnknownAgents } from './unknown-agents.queries.js';

/** What somebody says about a name in a file: which agent it means, or that it is nobody of ours. */
export interface AliasAnswer {
  aliasKey: string;
  agentId: number | null;
}

/** Remembers which agents foreign names mean. */
@Injectable()
export class FigureAliases {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditService,
    private readonly unknown: UnknownAgents,
    private readonly rechecks: ImportRechecks,
  ) {}

  /**
   * Says once what a name in an import means; its rows are checked anew, and the name is known from now on.
   * @throws DomainError `figures_name_unknown` for a name that does not stand in the import, `unknown_agent`
   */
  async answer(importId: number, { aliasKey, agentId }: AliasAnswer, actor: ImportActor): Promise<void> {
    const names = await this.unknown.names(importId);
    if (!names.some((name) => name.aliasKey === aliasKey))
      throw new DomainError('figures_name_unknown', 'rule');
    await this.remember({ aliasKey, agentId }, actor.personId);
    await this.rechecks.recheck(importId, actor);
  }

  private async remember({ aliasKey, agentId }: AliasAnswer, byPersonId: number): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      if (agentId !== null) await refuseUnknown(tx, agentId);
      await execute(
        tx,
        `INSERT INTO figure_alias (aliasKey, agentId, byPersonId, createdAt) VALUES (?, ?, ?, ?)${orUpdate(
          tx,
          ['aliasKey'],
          ['agentId', 'byPersonId', 'createdAt'],
        )}`,
        [aliasKey, agentId, byPersonId, this.clock.now()],
      );
      const [alias] = await selectRows<{ id: number }>(tx, 'SELECT id FROM figure_alias WHERE aliasKey = ?', [
        aliasKey,
      ]);
      await this.audit.record(tx, {
        actorPersonId: byPersonId,
        action: agentId === null ? 'figure_alias.ignored' : 'figure_alias.matched',
        subjectType: agentId === null ? 'figure_alias' : 'agent',
        subjectId: agentId ?? alias!.id,
        detail: { alias: alias!.id },
      });
    });
  }
}

async function refuseUnknown(tx: Parameters<typeof execute>[0], agentId: number): Promise<void> {
  const [agent] = await selectRows(
    tx,
    'SELECT a.id FROM agent a JOIN person p ON p.id = a.personId AND p.erasedAt IS NULL WHERE a.id = ?',
    [agentId],
  );
  if (!agent)
    throw new DomainError('unknown_agent', 'rule', {
      faults: [{ field: 'agentId', code: 'unknown_agent' }],
    });
}
