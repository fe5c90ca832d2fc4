export { PrivacyModule } from './privacy.module.js';
export { PersonalData, type PersonalHolding } from './personal-data.js';
export { Retention, type RetentionRule } from './retention.js';
export { RetentionRun } from './retention-run.js';
export { DataExport } from './data-export.js';
export { ErasureService } from './erasure.service.js';
