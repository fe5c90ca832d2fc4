import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/index.js';
import { AuditModule } from '../audit/index.js';
import { IdentityModule } from '../identity/index.js';
import { PrivacyModule } from '../privacy/index.js';
import { GuideEvents } from './guide-events.js';
import { GuidePersonalData } from './guide-personal-data.js';
import { GuideReaders } from './guide-readers.js';
import { GuideWindows } from './guide-windows.js';
import { GuideService } from './guide.service.js';
import { ReceiptService } from './receipt.service.js';
import { SkillService } from './skill.service.js';

/** Guides: what agents follow in a call, in versions, for whom, and who has read them. */
@Module({
  imports: [AgentsModule, AuditModule, IdentityModule, PrivacyModule],
  providers: [
    GuideEvents,
    GuideReaders,
    GuideWindows,
    GuideService,
    ReceiptService,
    SkillService,
    GuidePersonalData,
  ],
  exports: [GuideEvents, GuideReaders, GuideService, ReceiptService, SkillService],
})
export class GuidesModule {}
