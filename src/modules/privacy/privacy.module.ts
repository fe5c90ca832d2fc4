import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { DataExport } from './data-export.js';
import { ErasureService } from './erasure.service.js';
import { OperationalData } from './operational-data.js';
import { PersonalData } from './personal-data.js';
import { PrivacyController } from './privacy.controller.js';
import { PrivacyPages } from './privacy.pages.js';
import { Retention } from './retention.js';
import { RetentionRun } from './retention-run.js';

/** What is kept about whom: told, exported, erased, and deleted when its time is over. */
@Module({
  imports: [AuditModule],
  controllers: [PrivacyController, PrivacyPages],
  providers: [OperationalData, PersonalData, Retention, RetentionRun, DataExport, ErasureService],
  exports: [PersonalData, Retention, RetentionRun, ErasureService],
})
export class PrivacyModule {}
