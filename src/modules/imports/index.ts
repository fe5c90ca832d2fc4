export { ImportsModule } from './imports.module.js';
export {
  ImportKinds,
  type CheckedRow,
  type ImportActor,
  type ImportKind,
  type ImportOptions,
  type NamedCells,
  type RowNote,
} from './import-kinds.js';
export { ImportActors } from './import-actors.js';
export { ImportQueries } from './import.queries.js';
export { ImportRechecks } from './import-rechecks.js';
export { ImportRunner } from './import-runner.js';
export { ImportService } from './import.service.js';
export { importController, type ImportMount } from './imports.controller.js';
export { importPages } from './imports.pages.js';
export { columnMappingController } from './column-mapping.controller.js';
export { columnMappingPages } from './column-mapping.pages.js';
export { ColumnMappings } from './column-mappings.js';
export { delimiterOfLines } from './table-text.rules.js';
export { SAMPLE_ROWS, type ColumnMapping, type TableHeader, type TableRow } from './table-header.rules.js';
export { headingKey, isoDate, mapColumns, yesOrNo, type ColumnNames } from './cells.rules.js';
export { ImportJob } from './entities/import-job.entity.js';
export { ImportRow } from './entities/import-row.entity.js';
export { ColumnMappingRow } from './entities/column-mapping.entity.js';
export { uploadedFile } from './uploaded-file.js';
export type { UploadedFile } from './import.service.js';
export { readTable } from './read-table.js';
