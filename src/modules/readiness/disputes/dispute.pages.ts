import { Controller, Post } from '@nestjs/common';
import { RolesOrLink } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { DomainError } from '../../../common/domain-error.js';
import { Page } from '../../../web/render/page.decorator.js';
import { SeeOther } from '../../../web/render/page-reply.js';
import { ReadinessDisputeService } from './readiness-dispute.service.js';

/** The agent's button "I have done it, but it does not show". */
@Controller('mit/vises-ikke')
@RolesOrLink('agent')
export class DisputePages {
  constructor(private readonly disputes: ReadinessDisputeService) {}

  @Post()
  @Page('onboarding/mine')
  async raise(@Current() { agentId }: Principal) {
    if (agentId === null) throw new DomainError('not_found', 'not_found');
    await this.disputes.raise(agentId);
    return new SeeOther('/mit?done=dispute_raised');
  }
}
