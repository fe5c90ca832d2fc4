import { Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { id } from '../../common/fields.js';
import { pageQuery } from '../../common/pagination.js';
import { TASK_KINDS } from './entities/task.entity.js';
import { TaskQueries } from './task.queries.js';
import { TaskService } from './task.service.js';

const task = z.object({
  id: z.number(),
  kind: z.enum(TASK_KINDS),
  subjectType: z.string(),
  subjectId: z.number(),
  subjectName: z.string().nullable(),
  subjectOn: z.string().nullable(),
  municipalityName: z.string().nullable(),
  createdAt: z.string(),
  doneAt: z.string().nullable(),
});
const query = z.strictObject({ state: z.enum(['open', 'done']).default('open'), ...pageQuery });

/** What the secretariat has to look at. */
@ApiTags('tasks')
@Controller('api/v1/tasks')
@Roles('secretariat')
export class TasksController {
  constructor(
    private readonly queries: TaskQueries,
    private readonly tasks: TaskService,
  ) {}

  /** Tasks, newest first. */
  @Get()
  @ApiOkResponse({ standardSchema: z.object({ items: z.array(task), nextCursor: z.string().nullable() }) })
  list(@Query({ schema: query }) { state, ...page }: z.output<typeof query>) {
    return this.queries.list({ done: state === 'done', ...page });
  }

  /** Ticks a task off. */
  @Put(':id/done')
  @HttpCode(204)
  @ApiNoContentResponse()
  done(@Param('id', { schema: id }) taskId: number, @Current() principal: Principal): Promise<void> {
    return this.tasks.setDone(taskId, true, principal.personId);
  }

  /** Opens a task again. */
  @Delete(':id/done')
  @HttpCode(204)
  @ApiNoContentResponse()
  reopen(@Param('id', { schema: id }) taskId: number, @Current() principal: Principal): Promise<void> {
    return this.tasks.setDone(taskId, false, principal.personId);
  }
}
