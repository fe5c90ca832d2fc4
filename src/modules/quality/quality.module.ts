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
import { FAIRNESS_CONTROLLERS, FAIRNESS_PROVIDERS } from './fairness/fairness-providers.js';
import { FIGURE_CONTROLLERS, FIGURE_PROVIDERS } from './figures/figure-providers.js';
import { NOTICE_CONTROLLERS, NOTICE_PROVIDERS } from './notices/notice-providers.js';
import { OVERVIEW_CONTROLLERS, OVERVIEW_EXPORTS, OVERVIEW_PROVIDERS } from './overview/overview-providers.js';
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
    ...OVERVIEW_CONTROLLERS,
    ...FAIRNESS_CONTROLLERS,
    ...FIGURE_CONTROLLERS,
    ...COACHING_CONTROLLERS,
    ...CLOSING_CONTROLLERS,
    ...NOTICE_CONTROLLERS,
    ...POLICY_CONTROLLERS,
  ],
  providers: [
    ...CLOSING_PROVIDERS,
    ...POLICY_PROVIDERS,
    ...OVERVIEW_PROVIDERS,
    ...FAIRNESS_PROVIDERS,
    ...FIGURE_PROVIDERS,
    ...COACHING_PROVIDERS,
    ...NOTICE_PROVIDERS,
  ],
  exports: [...OVERVIEW_EXPORTS],
})
export class QualityModule {}
