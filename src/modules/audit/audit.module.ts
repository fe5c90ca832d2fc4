import { Module } from '@nestjs/common';
import { AuditController } from './audit.controller.js';
import { AuditPages } from './audit.pages.js';
import { AuditQueries } from './audit.queries.js';
import { AuditService } from './audit.service.js';

/** The append-only trail of who did what. */
@Module({
  controllers: [AuditController, AuditPages],
  providers: [AuditService, AuditQueries],
  exports: [AuditService],
})
export class AuditModule {}
