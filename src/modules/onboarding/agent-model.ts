import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '../../common/access/principal.js';
import { scopeOf } from '../../common/access/scope.js';
import { Clock } from '../../common/clock.js';
import { randomToken } from '../../common/crypto.js';
import { DomainError } from '../../common/domain-error.js';
import { localDateOf } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { blankForm } from '../../web/forms/form.js';
import { translator } from '../../web/i18n/translate.js';
import { AgentReadinessModel } from '../readiness/index.js';
import { AgentModelParts, type AgentForms } from './agent-model-parts.js';
import { AgentQueries } from './agent.queries.js';
import { viewAgent } from './agent-view.js';
import { JourneyQueries } from './journey.queries.js';

/** Gathers what the page of an agent shows. */
@Injectable()
export class AgentModel {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly agents: AgentQueries,
    private readonly journeys: JourneyQueries,
    private readonly parts: AgentModelParts,
    private readonly readiness: AgentReadinessModel,
  ) {}

  /** @throws DomainError `not_found` */
  async of(agentId: number, principal: Principal, language: string, forms: AgentForms = {}) {
    const scope = scopeOf(principal);
    const agent = await this.agents.find(scope, agentId);
    if (!agent) throw new DomainError('not_found', 'not_found');
    const isSecretariat = principal.roles.includes('secretariat');
    const hasLeft = agent.status === 'departed';
    const hasMovedAway = agent.email === '';
    const today = localDateOf(this.clock.now(), this.env.TZ_NAME);
    const departure = forms.departure ?? blankForm({ on: today });
    const journey = await this.journeys.of(agent);
    return {
      pageTitle: `${agent.firstName} ${agent.lastName}`,
      agent: viewAgent(agent, journey, translator(language)),
      dayWait: journey.dayWait,
      nextShift: await this.readiness.next(scope, agentId, translator(language)),
      key: randomToken(),
      isSecretariat,
      hasLeft,
      hasMovedAway,
      canWelcome: !hasLeft && agent.kind === 'new',
      departure,
      transfer: forms.transfer ?? blankForm({ on: today }),
      // For the title of the page, which says when something is wrong.
      form: forms.departure ?? forms.transfer ?? forms.completion ?? blankForm(),
      // What was learnt, mailed and decided after the agent went elsewhere is not for the former leader.
      ...(hasMovedAway ? { mails: [], courses: [] } : await this.parts.of(agent, isSecretariat, forms)),
    };
  }
}
