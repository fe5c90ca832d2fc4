export { ReportsModule } from './reports.module.js';
export { CompletionExport } from './completion-export.js';
export { SavedReport } from './entities/saved-report.entity.js';
