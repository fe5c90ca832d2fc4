import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { CoursesModule } from '../courses/index.js';
import { ConnectionQueries } from './connection.queries.js';
import { ConnectionService } from './connection.service.js';
import { ConnectionsController } from './connections.controller.js';
import { InboxQueries } from './inbox.queries.js';
import { InboxService } from './inbox.service.js';
import { WebhooksController } from './webhooks.controller.js';

/** What e-learning hosts report: connections, the inbox and its adapters. */
@Module({
  imports: [AuditModule, CoursesModule],
  controllers: [ConnectionsController, WebhooksController],
  providers: [ConnectionService, ConnectionQueries, InboxService, InboxQueries],
})
export class TrackingModule {}
