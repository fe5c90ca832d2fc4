import { Inject, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { ENV, type Env } from '../config/env.js';
import { Database } from '../database/database.js';
import { AgentsModule } from '../modules/agents/index.js';
import { CoursesModule } from '../modules/courses/index.js';
import { IdentityModule } from '../modules/identity/index.js';
import { OnboardingModule } from '../modules/onboarding/index.js';
import { DemoAgents } from './demo-agents.js';
import { DemoOrganisation } from './demo-organisation.js';
import { DemoPeople } from './demo-people.js';
import { DemoService } from './demo.service.js';

/** Demonstration data; they go only into an empty database, and production refuses to start while any exist. */
@Module({
  imports: [AgentsModule, CoursesModule, IdentityModule, OnboardingModule],
  providers: [DemoPeople, DemoOrganisation, DemoAgents, DemoService],
})
export class DemoModule implements OnApplicationBootstrap {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly database: Database,
    private readonly demo: DemoService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (
      this.env.isProduction &&
      (await this.database.selectOne('SELECT id FROM person WHERE isDemo = 1 LIMIT 1'))
    )
      throw new Error(
        'This database holds demonstration accounts, whose password is public: use another database.',
      );
    if (this.env.DEMO_DATA !== 'none') await this.demo.fillIfEmpty();
  }
}
