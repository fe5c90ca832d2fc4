import { Inject, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { ENV, type Env } from '../config/env.js';
import { Database } from '../database/database.js';
import { AgentsModule } from '../modules/agents/index.js';
import { CoursesModule } from '../modules/courses/index.js';
import { IdentityModule } from '../modules/identity/index.js';
import { NotificationsModule } from '../modules/notifications/index.js';
import { OnboardingModule } from '../modules/onboarding/index.js';
import { WellbeingModule } from '../modules/wellbeing/index.js';
import { DemoAgents } from './demo-agents.js';
import { DemoExtras } from './demo-extras.js';
import { DemoOrganisation } from './demo-organisation.js';
import { DemoPeople } from './demo-people.js';
import { DemoProgress } from './demo-progress.js';
import { DemoService } from './demo.service.js';
import { FullAgents } from './full/full-agents.js';
import { FullEvents } from './full/full-events.js';
import { FullSeats } from './full/full-seats.js';
import { FullDemo } from './full/full-demo.js';
import { FullLearning } from './full/full-learning.js';
import { FullMachines } from './full/full-machines.js';
import { FullMails } from './full/full-mails.js';
import { FullOrganisation } from './full/full-organisation.js';
import { FullTrail } from './full/full-trail.js';
import { FullTransfers } from './full/full-transfers.js';
import { DemoQuality } from './quality/demo-quality.js';
import { DemoReading } from './reading/demo-reading.js';
import { DemoSeats } from './seats/demo-seats.js';
import { SmallDemo } from './small-demo.js';
import { SmallSeats } from './small-seats.js';
import { DemoSurveys } from './surveys/demo-surveys.js';
import { SurveyParts, WaveEnds } from './surveys/survey-parts.js';

/** Demonstration data; they go only into an empty database, and production refuses to start while any exist. */
@Module({
  imports: [
    AgentsModule,
    CoursesModule,
    IdentityModule,
    NotificationsModule,
    OnboardingModule,
    WellbeingModule,
  ],
  providers: [
    DemoPeople,
    DemoOrganisation,
    DemoAgents,
    DemoProgress,
    FullOrganisation,
    FullMachines,
    FullLearning,
    FullAgents,
    FullTransfers,
    FullMails,
    FullTrail,
    DemoSeats,
    SmallSeats,
    DemoQuality,
    SmallDemo,
    FullSeats,
    FullEvents,
    FullDemo,
    DemoReading,
    WaveEnds,
    SurveyParts,
    DemoSurveys,
    DemoExtras,
    DemoService,
  ],
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
    if (this.env.DEMO_DATA !== 'none') await this.demo.fillIfEmpty(this.env.DEMO_DATA);
  }
}
