import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { CoursesModule } from '../courses/index.js';
import { PackagesModule } from '../packages/index.js';
import { PrivacyModule } from '../privacy/index.js';
import { TasksModule } from '../tasks/index.js';
import { AttemptQueries } from './attempt.queries.js';
import { AttemptsPages } from './attempts.pages.js';
import { CommitService } from './commit.service.js';
import { LaunchQueries } from './launch.queries.js';
import { LaunchService } from './launch.service.js';
import { LearnPages } from './learn.pages.js';
import { MissingPackages } from './missing-packages.js';
import { PlayerHost } from './player-host.js';
import { PlayerPersonalData } from './player-personal-data.js';
import { TrialPages } from './trial.pages.js';

/** Plays uploaded packages: launches, the content host, what the content stores of a learner. */
@Module({
  imports: [AuditModule, CoursesModule, PackagesModule, PrivacyModule, TasksModule],
  // Paths with a fixed part must be known before those with a key in its place.
  controllers: [AttemptsPages, TrialPages, LearnPages],
  providers: [
    AttemptQueries,
    CommitService,
    LaunchQueries,
    LaunchService,
    MissingPackages,
    PlayerHost,
    PlayerPersonalData,
  ],
  exports: [AttemptQueries, PlayerHost],
})
export class PlayerModule {}
