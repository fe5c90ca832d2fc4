import { Module } from '@nestjs/common';
import { IdentityModule } from '../modules/identity/index.js';
import { NotificationsModule } from '../modules/notifications/index.js';
import { HealthController } from './health.controller.js';
import { Housekeeping } from './housekeeping.js';
import { Metrics } from './metrics.js';
import { MetricsController } from './metrics.controller.js';

/** What those who run the system need: health, metrics, housekeeping. */
@Module({
  imports: [IdentityModule, NotificationsModule],
  controllers: [HealthController, MetricsController],
  providers: [Metrics, Housekeeping],
  exports: [Metrics],
})
export class OperationsModule {}
