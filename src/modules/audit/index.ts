export { AuditModule } from './audit.module.js';
export { AuditService } from './audit.service.js';
export { AuditEntry } from './entities/audit-entry.entity.js';
