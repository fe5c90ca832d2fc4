import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Roles } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { id } from '../../common/fields.js';
import { Page } from '../../web/render/page.decorator.js';
import { SeeOther } from '../../web/render/page-reply.js';
import { queryString } from '../../web/query-string.js';
import { TaskQueries, type TaskRow } from './task.queries.js';
import { TaskService } from './task.service.js';

const query = z.object({
  tilstand: z.enum(['open', 'done']).default('open').catch('open'),
  cursor: z.string().max(500).optional(),
});
const LINKS: Record<string, (id: number) => string> = {
  agent: (id) => `/agenter/${id}`,
  coaching_talk: (id) => `/kvalitet/sparring/${id}`,
  connection: (id) => `/indstillinger/forbindelser/${id}`,
  figure_dispute: (id) => `/kvalitet/indsigelser/${id}`,
  guide: (id) => `/guides/${id}`,
  invitation_round: (id) => `/onboardingdage/runder/${id}`,
  mail: (id) => `/indstillinger/mails/${id}`,
  onboarding_day: (id) => `/onboardingdage/${id}/fremmoede`,
  shift_import: (id) => `/vagter/import/${id}`,
  shift_plan: () => '/indstillinger/vagtplan',
  person: (id) => `/indstillinger/brugere/${id}`,
  quality_case: (id) => `/kvalitet/sager/${id}`,
  readiness_subscription: () => '/indstillinger/modtagere',
  transfer_request: (id) => `/agenter/overflytninger#${id}`,
};

/** The secretariat's list of tasks. */
@Controller('opgaver')
@Roles('secretariat')
export class TasksPages {
  constructor(
    private readonly queries: TaskQueries,
    private readonly tasks: TaskService,
  ) {}

  @Get()
  @Page('tasks/list')
  async list(@Query({ schema: query }) { tilstand, cursor }: z.output<typeof query>) {
    const isDone = tilstand === 'done';
    const page = await this.queries.list({ done: isDone, cursor, limit: 25 });
    return {
      isDone,
      tasks: page.items.map((task) => ({ ...task, link: linkOf(task) })),
      firstQuery: cursor && queryString({ tilstand }),
      nextQuery: page.nextCursor && queryString({ tilstand, cursor: page.nextCursor }),
    };
  }

  @Post(':id/faerdig')
  @Page('tasks/list')
  async done(@Param('id', { schema: id }) taskId: number, @Current() principal: Principal) {
    await this.tasks.setDone(taskId, true, principal.personId);
    return new SeeOther('/opgaver?done=task_done');
  }

  @Post(':id/aaben')
  @Page('tasks/list')
  async reopen(@Param('id', { schema: id }) taskId: number, @Current() principal: Principal) {
    await this.tasks.setDone(taskId, false, principal.personId);
    return new SeeOther('/opgaver?done=task_reopened');
  }
}

function linkOf(task: TaskRow): string | null {
  return LINKS[task.subjectType]?.(task.subjectId) ?? null;
}
