import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/index.js';
import { AuditModule } from '../audit/index.js';
import { IdentityModule } from '../identity/index.js';
import { MunicipalitiesModule } from '../municipalities/index.js';
import { PrivacyModule } from '../privacy/index.js';
import { GuideEvents } from './guide-events.js';
import { GuidePersonalData } from './guide-personal-data.js';
import { GuideReaders } from './guide-readers.js';
import { GuideReportQueries } from './guide-reports/guide-report.queries.js';
import { GuideReportService } from './guide-reports/guide-report.service.js';
import { GuideReportsController } from './guide-reports/guide-reports.controller.js';
import { GuideReportsPages } from './guide-reports/guide-reports.pages.js';
import { GuideVersionsController } from './guide-versions.controller.js';
import { GuideWindows } from './guide-windows.js';
import { GuideService } from './guide.service.js';
import { GuidesController } from './guides.controller.js';
import { GuideImageQueries } from './images/guide-image.queries.js';
import { GuideImageService } from './images/guide-image.service.js';
import { GuideImagesController } from './images/guide-images.controller.js';
import { GuideImagesPages } from './images/guide-images.pages.js';
import { ManageModel } from './publishing/manage-model.js';
import { ManagePages } from './publishing/manage.pages.js';
import { PreviewModel } from './publishing/preview-model.js';
import { PublicationPreviewQueries } from './publishing/publication-preview.queries.js';
import { PublishChoices } from './publishing/publish-choices.js';
import { PublishPages } from './publishing/publish.pages.js';
import { ReachQueries } from './publishing/reach.queries.js';
import { GuideQueries } from './reading/guide.queries.js';
import { LearningLinkQueries } from './reading/learning-link.queries.js';
import { ReadingListQueries } from './reading/reading-list.queries.js';
import { ReadingModel } from './reading/reading-model.js';
import { ReadingPages } from './reading/reading.pages.js';
import { VersionDiffs } from './reading/version-diff.js';
import { VersionQueries } from './reading/version.queries.js';
import { ReceiptService } from './receipt.service.js';
import { ReceiptsController } from './receipts.controller.js';
import { SkillService } from './skill.service.js';
import { AgentSkillsService } from './skills/agent-skills.service.js';
import { SkillQueries } from './skills/skill.queries.js';
import { SkillsController } from './skills/skills.controller.js';
import { SkillsPages } from './skills/skills.pages.js';

const WRITES = [
  GuideEvents,
  GuideReaders,
  GuideWindows,
  GuideService,
  ReceiptService,
  SkillService,
  AgentSkillsService,
  GuideImageService,
  GuideReportService,
  GuidePersonalData,
];
const READS = [
  GuideQueries,
  VersionQueries,
  VersionDiffs,
  ReadingListQueries,
  LearningLinkQueries,
  ReadingModel,
  PublicationPreviewQueries,
  ReachQueries,
  ManageModel,
  PreviewModel,
  PublishChoices,
  SkillQueries,
  GuideImageQueries,
  GuideReportQueries,
];

/** Guides: what agents follow in a call, in versions, for whom, and who has read them. */
@Module({
  imports: [AgentsModule, AuditModule, IdentityModule, MunicipalitiesModule, PrivacyModule],
  // Paths with a fixed part must be known before those with a key in its place.
  controllers: [
    GuidesController,
    GuideVersionsController,
    ReceiptsController,
    SkillsController,
    GuideImagesController,
    GuideReportsController,
    GuideImagesPages,
    GuideReportsPages,
    ManagePages,
    PublishPages,
    SkillsPages,
    ReadingPages,
  ],
  providers: [...WRITES, ...READS],
  exports: [GuideEvents, GuideReaders, GuideService, ReceiptService, SkillService, ReadingListQueries],
})
export class GuidesModule {}
