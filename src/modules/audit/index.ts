export { AuditModule } from './audit.module.js';
export { AuditService, type AuditRecord } from './audit.service.js';
export { AuditEntry } from './entities/audit-entry.entity.js';
