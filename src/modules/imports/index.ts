export { ImportsModule } from './imports.module.js';
export { ImportKinds, type ImportActor, type ImportKind, type CheckedRow } from './import-kinds.js';
export { importController } from './imports.controller.js';
export { importPages } from './imports.pages.js';
export { isoDate, yesOrNo } from './cells.rules.js';
export { ImportJob } from './entities/import-job.entity.js';
export { ImportRow } from './entities/import-row.entity.js';
