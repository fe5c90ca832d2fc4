import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { RolesOrLink } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { scopeOf } from '../../common/access/scope.js';
import { queryString } from '../../web/query-string.js';
import { Page } from '../../web/render/page.decorator.js';
import { SeeOther } from '../../web/render/page-reply.js';
import { TransferRequestQueries } from '../agents/index.js';
import { EnrolmentQueries } from '../courses/index.js';
import { TaskQueries } from '../tasks/index.js';
import { AgentQueries } from './agent.queries.js';
import { isThrough } from './journey.rules.js';

const query = z.object({ done: z.string().max(40).optional().catch(undefined) });

/** The start page of each role. */
@Controller()
export class StartPages {
  constructor(
    private readonly agents: AgentQueries,
    private readonly tasks: TaskQueries,
    private readonly transfers: TransferRequestQueries,
    private readonly enrolments: EnrolmentQueries,
  ) {}

  @Get()
  @RolesOrLink('secretariat', 'leader', 'agent')
  @Page('onboarding/start')
  async start(@Current() principal: Principal, @Query({ schema: query }) { done }: z.output<typeof query>) {
    const isStaff = principal.roles.some((role) => role !== 'agent') && principal.strength === 'full';
    if (!isStaff) return new SeeOther(`/mit${queryString({ done })}`.replace(/\?$/, ''));
    const scope = scopeOf(principal);
    const isSecretariat = principal.roles.includes('secretariat');
    const waiting = await this.agents.list(scope, { status: 'onboarding', sort: 'startOn', limit: 10 });
    return {
      firstName: principal.name.split(' ')[0],
      counts: await this.agents.countByStatus(scope),
      waiting: waiting.items,
      hasMore: waiting.nextCursor !== null,
      openTasks: isSecretariat ? await this.tasks.countOpen() : 0,
      transfersToDecide: (await this.transfers.toDecide(principal)).length,
      courses: (await this.enrolments.coursesOf(principal.personId, undefined, 'leader')).map((course) => ({
        ...course,
        isThrough: isThrough(course.state),
      })),
    };
  }
}
