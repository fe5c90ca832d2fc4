import { Module, type DynamicModule } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import type { Clock } from './common/clock.js';
import { ClockModule } from './common/clock.module.js';
import { ConfigModule } from './config/config.module.js';
import type { Env } from './config/env.js';
import { entities } from './data-model.js';
import { DatabaseModule } from './database/database.module.js';
import { DemoModule } from './demo/demo.module.js';
import { AgentsModule } from './modules/agents/index.js';
import { ImportsModule } from './modules/imports/index.js';
import { InsightsModule } from './modules/insights/index.js';
import { PrivacyModule } from './modules/privacy/index.js';
import { TasksModule } from './modules/tasks/index.js';
import { AuditModule } from './modules/audit/index.js';
import { CoursesModule } from './modules/courses/index.js';
import { IdentityModule } from './modules/identity/index.js';
import { MunicipalitiesModule } from './modules/municipalities/index.js';
import { NotificationsModule } from './modules/notifications/index.js';
import { OnboardingDaysModule } from './modules/onboarding-days/index.js';
import { GuidesModule } from './modules/guides/index.js';
import { ShiftsModule } from './modules/shifts/index.js';
import { ReadinessModule } from './modules/readiness/index.js';
import { OnboardingModule } from './modules/onboarding/index.js';
import { PackagesModule } from './modules/packages/index.js';
import { PlayerModule } from './modules/player/index.js';
import { QualityModule } from './modules/quality/index.js';
import { ReportsModule } from './modules/reports/index.js';
import { WellbeingModule } from './modules/wellbeing/index.js';
import { TrackingModule } from './modules/tracking/index.js';
import { OperationsModule } from './operations/operations.module.js';
import { WebModule } from './web/web.module.js';

/** What differs between the server, the command line and the tests. */
export interface AppOptions {
  clock: Clock;
  /** Whether this process is the server that owns an SQLite file. */
  exclusive: boolean;
}

/** The whole application. */
@Module({})
export class AppModule {
  static forRoot(env: Env, options: AppOptions): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(env),
        ClockModule.forRoot(options.clock),
        DatabaseModule.forRoot(entities, options.exclusive),
        ScheduleModule.forRoot(),
        WebModule,
        AuditModule,
        PrivacyModule,
        TasksModule,
        ImportsModule,
        NotificationsModule,
        MunicipalitiesModule,
        IdentityModule,
        AgentsModule,
        PackagesModule,
        CoursesModule,
        TrackingModule,
        PlayerModule,
        OnboardingDaysModule,
        GuidesModule,
        ShiftsModule,
        ReadinessModule,
        OnboardingModule,
        QualityModule,
        WellbeingModule,
        InsightsModule,
        ReportsModule,
        OperationsModule,
        DemoModule,
      ],
    };
  }
}
