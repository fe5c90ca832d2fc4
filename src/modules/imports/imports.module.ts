import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { PrivacyModule } from '../privacy/index.js';
import { ImportActors } from './import-actors.js';
import { ImportKinds } from './import-kinds.js';
import { ImportPersonalData } from './import-personal-data.js';
import { ImportRunner } from './import-runner.js';
import { ImportQueries } from './import.queries.js';
import { ImportService } from './import.service.js';

/** Tables on their way in: upload, preview with an error per row and field, commit. */
@Module({
  imports: [AuditModule, PrivacyModule],
  providers: [ImportKinds, ImportService, ImportRunner, ImportActors, ImportQueries, ImportPersonalData],
  exports: [ImportKinds, ImportService, ImportRunner, ImportQueries],
})
export class ImportsModule {}
