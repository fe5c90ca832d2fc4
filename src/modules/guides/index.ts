export { GuidesModule } from './guides.module.js';
export { GuideEvents, type ReceiptEvent } from './guide-events.js';
export { GuideReaders } from './guide-readers.js';
export { GuideService, type NewGuideVersion } from './guide.service.js';
export { ReadingListQueries } from './reading/reading-list.queries.js';
export type { UnreadVersion } from './reading/reading-list.rules.js';
export { ReceiptService } from './receipt.service.js';
export { SkillService } from './skill.service.js';
export {
  applies,
  everApplies,
  isFor,
  windowsOf,
  type Audience,
  type AudienceKind,
  type AudienceMember,
  type Urgency,
  type VersionWindowSpan,
} from './guides.rules.js';
export { searchText } from './text/search-text.rules.js';
export { AgentSkill } from './entities/agent-skill.entity.js';
export { Guide } from './entities/guide.entity.js';
export { GuideAudience } from './entities/guide-audience.entity.js';
export { GuideVersion } from './entities/guide-version.entity.js';
export { ReadReceipt } from './entities/read-receipt.entity.js';
export { GuideImage } from './entities/guide-image.entity.js';
export { GuideReport } from './entities/guide-report.entity.js';
