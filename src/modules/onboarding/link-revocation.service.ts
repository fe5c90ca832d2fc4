import { Injectable } from '@nestjs/common';
import type { Principal } from '../../common/access/principal.js';
import { scopeOf } from '../../common/access/scope.js';
import { DomainError } from '../../common/domain-error.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { AuditService } from '../audit/index.js';
import { LinkService } from '../identity/index.js';
import { CalendarFeedService } from '../onboarding-days/index.js';
import { AgentQueries } from './agent.queries.js';

/** Makes an agent's personal links worthless, for a mail that went astray. */
@Injectable()
export class LinkRevocationService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly agents: AgentQueries,
    private readonly links: LinkService,
    private readonly calendars: CalendarFeedService,
    private readonly audit: AuditService,
  ) {}

  /** Ends every personal link and every session that was opened by one. @throws DomainError `not_found` */
  async revoke(agentId: number, by: Principal): Promise<void> {
    const agent = await this.agents.find(scopeOf(by), agentId);
    if (!agent) throw new DomainError('not_found', 'not_found');
    await this.unitOfWork.run(async (tx) => {
      await this.links.revokePersonal(tx, agent.personId);
      // Whoever came by such a link may have made a calendar link, which lasts longer.
      await this.calendars.endWithin(tx, agent.personId, 'agent');
      await this.audit.record(tx, {
        actorPersonId: by.personId,
        action: 'agent.links_revoked',
        subjectType: 'agent',
        subjectId: agentId,
      });
    });
  }
}
