import { Module } from '@nestjs/common';
import { AuditService } from './audit.service.js';

/** The append-only trail of who did what. */
@Module({ providers: [AuditService], exports: [AuditService] })
export class AuditModule {}
