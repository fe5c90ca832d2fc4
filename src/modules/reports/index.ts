export { ReportsModule } from './reports.module.js';
export { SavedReport } from './entities/saved-report.entity.js';
