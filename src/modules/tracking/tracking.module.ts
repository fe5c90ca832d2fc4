import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { CoursesModule } from '../courses/index.js';
import { PrivacyModule } from '../privacy/index.js';
import { ConnectionQueries } from './connection.queries.js';
import { ConnectionService } from './connection.service.js';
import { ConnectionsController } from './connections.controller.js';
import { ConnectionsPages } from './connections.pages.js';
import { InboxQueries } from './inbox.queries.js';
import { InboxService } from './inbox.service.js';
import { InboxSortingService } from './inbox-sorting.service.js';
import { TrackingPersonalData } from './tracking-personal-data.js';
import { WebhooksController } from './webhooks.controller.js';

/** What e-learning hosts report: connections, the inbox and its adapters. */
@Module({
  imports: [AuditModule, CoursesModule, PrivacyModule],
  controllers: [ConnectionsController, WebhooksController, ConnectionsPages],
  providers: [
    ConnectionService,
    ConnectionQueries,
    InboxService,
    InboxSortingService,
    InboxQueries,
    TrackingPersonalData,
  ],
})
export class TrackingModule {}
