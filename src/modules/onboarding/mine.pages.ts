import { Controller, Get, Req } from '@nestjs/common';
import { RolesOrLink } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { DomainError } from '../../common/domain-error.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { requestLanguage } from '../../web/i18n/request-language.js';
import { translator } from '../../web/i18n/translate.js';
import { Page } from '../../web/render/page.decorator.js';
import { EnrolmentQueries, type LearnerCourse } from '../courses/index.js';
import { OwnInvitationsService } from '../onboarding-days/index.js';
import { AgentReadinessModel } from '../readiness/index.js';
import { AgentQueries } from './agent.queries.js';
import { viewJourney } from './agent-view.js';
import { isThrough } from './journey.rules.js';
import { JourneyQueries } from './journey.queries.js';
import { MineCards } from './mine-cards.js';

/** An agent's own pages: where do I stand, what comes next. */
@Controller()
export class MinePages {
  constructor(
    private readonly agents: AgentQueries,
    private readonly journeys: JourneyQueries,
    private readonly enrolments: EnrolmentQueries,
    private readonly invitations: OwnInvitationsService,
    private readonly readiness: AgentReadinessModel,
    private readonly cards: MineCards,
  ) {}

  @Get('mit')
  @RolesOrLink('agent')
  @Page('onboarding/mine')
  async mine(@Current() principal: Principal, @Req() request: AppRequest) {
    const own = { kind: 'person', personId: principal.personId } as const;
    const agent = principal.agentId === null ? undefined : await this.agents.find(own, principal.agentId);
    if (!agent) throw new DomainError('not_found', 'not_found');
    const courses = await this.enrolments.coursesOf(principal.personId);
    const known = await this.journeys.of(agent);
    const t = translator(requestLanguage(request));
    const journey = viewJourney(known, t);
    return {
      agent,
      journey,
      ...(await this.readiness.own(agent.id, principal.personId, t)),
      invitation: await this.invitations.waiting(agent.id),
      dayWait: known.dayWait,
      courses,
      cards: await this.cards.of(agent.id),
      next:
        courses.find((course) => isDue(course) && (course.launchUrl ?? course.packageId) !== null) ?? null,
      day: journey.steps.find((step) => step.kind === 'onboarding_day'),
    };
  }
}

/** Whether there is something to take: for the first time, or again. */
function isDue({ state, isRetake }: LearnerCourse): boolean {
  return isRetake || !isThrough(state);
}
