import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { CoursesModule } from '../courses/index.js';
import { NotificationsModule } from '../notifications/index.js';
import { PrivacyModule } from '../privacy/index.js';
import { TasksModule } from '../tasks/index.js';
import { ConnectionActivityQueries } from './connection-activity.queries.js';
import { ConnectionAlarms } from './connection-alarms.js';
import { ConnectionModel } from './connection-model.js';
import { ConnectionPages } from './connection.pages.js';
import { ConnectionQueries } from './connection.queries.js';
import { ConnectionService } from './connection.service.js';
import { ConnectionTestService } from './connection-test.service.js';
import { ConnectionWatch } from './connection-watch.js';
import { ConnectionsController } from './connections.controller.js';
import { ConnectionsPages } from './connections.pages.js';
import { InboxPages } from './inbox.pages.js';
import { InboxQueries } from './inbox.queries.js';
import { InboxService } from './inbox.service.js';
import { InboxSortingService } from './inbox-sorting.service.js';
import { IntakeService } from './intake.service.js';
import { RefusalService } from './refusal.service.js';
import { TrackingPersonalData } from './tracking-personal-data.js';
import { WebhooksController } from './webhooks.controller.js';

/** What e-learning hosts report: connections, the inbox and its adapters. */
@Module({
  imports: [AuditModule, CoursesModule, NotificationsModule, PrivacyModule, TasksModule],
  controllers: [ConnectionsController, WebhooksController, ConnectionsPages, InboxPages, ConnectionPages],
  providers: [
    ConnectionService,
    ConnectionQueries,
    ConnectionActivityQueries,
    ConnectionAlarms,
    ConnectionModel,
    ConnectionTestService,
    ConnectionWatch,
    InboxService,
    InboxSortingService,
    InboxQueries,
    IntakeService,
    RefusalService,
    TrackingPersonalData,
  ],
})
export class TrackingModule {}
