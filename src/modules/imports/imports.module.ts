import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { PrivacyModule } from '../privacy/index.js';
import { ColumnMappings } from './column-mappings.js';
import { FaultyRows } from './faulty-rows.js';
import { ImportActors } from './import-actors.js';
import { ImportKinds } from './import-kinds.js';
import { ImportPersonalData } from './import-personal-data.js';
import { ImportRechecks } from './import-rechecks.js';
import { ImportRunner } from './import-runner.js';
import { ImportStore } from './import-store.js';
import { ImportTables } from './import-tables.js';
import { ImportQueries } from './import.queries.js';
import { ImportService } from './import.service.js';

/** Tables on their way in: upload, preview with an error per row and field, commit. */
@Module({
  imports: [AuditModule, PrivacyModule],
  providers: [
    ImportKinds,
    ImportService,
    ImportStore,
    ImportTables,
    ImportRechecks,
    ImportRunner,
    ImportActors,
    ImportQueries,
    ColumnMappings,
    FaultyRows,
    ImportPersonalData,
  ],
  exports: [
    ImportKinds,
    ImportService,
    ImportRechecks,
    ImportRunner,
    ImportQueries,
    ColumnMappings,
    FaultyRows,
  ],
})
export class ImportsModule {}
