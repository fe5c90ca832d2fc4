import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { TaskQueries } from './task.queries.js';
import { TaskService } from './task.service.js';
import { TasksController } from './tasks.controller.js';
import { TasksPages } from './tasks.pages.js';

/** What the secretariat has to look at. */
@Module({
  imports: [AuditModule],
  controllers: [TasksController, TasksPages],
  providers: [TaskService, TaskQueries],
  exports: [TaskService, TaskQueries],
})
export class TasksModule {}
