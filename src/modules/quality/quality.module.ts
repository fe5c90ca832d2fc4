import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/index.js';
import { AuditModule } from '../audit/index.js';
import { IdentityModule } from '../identity/index.js';
import { ImportsModule } from '../imports/index.js';
import { MunicipalitiesModule } from '../municipalities/index.js';
import { NotificationsModule } from '../notifications/index.js';
import { OnboardingModule } from '../onboarding/index.js';
import { PrivacyModule } from '../privacy/index.js';
import { TasksModule } from '../tasks/index.js';
import { CLOSING_CONTROLLERS, CLOSING_PROVIDERS } from './closing/closing-providers.js';
import { COACHING_CONTROLLERS, COACHING_PROVIDERS } from './coaching/coaching-providers.js';
import { NOTICE_CONTROLLERS, NOTICE_PROVIDERS } from './notices/notice-providers.js';
import { OVERVIEW_PROVIDERS } from './overview/overview-providers.js';
import { POLICY_CONTROLLERS, POLICY_PROVIDERS } from './policy/policy-providers.js';

/** First-contact resolution: figures, fair notices, and a coach from elsewhere. */
@Module({
  imports: [
    AgentsModule,
    AuditModule,
    IdentityModule,
    ImportsModule,
    MunicipalitiesModule,
    NotificationsModule,
    OnboardingModule,
    PrivacyModule,
    TasksModule,
  ],
  controllers: [
    ...CLOSING_CONTROLLERS,
    ...COACHING_CONTROLLERS,
    ...NOTICE_CONTROLLERS,
    ...POLICY_CONTROLLERS,
  ],
  providers: [
    ...CLOSING_PROVIDERS,
    ...COACHING_PROVIDERS,
    ...NOTICE_PROVIDERS,
    ...OVERVIEW_PROVIDERS,
    ...POLICY_PROVIDERS,
  ],
})
export class QualityModule {}
