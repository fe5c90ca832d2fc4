import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/index.js';
import { AuditModule } from '../audit/index.js';
import { IdentityModule } from '../identity/index.js';
import { PrivacyModule } from '../privacy/index.js';
import { ShiftEvents } from './shift-events.js';
import { ShiftLifecycle } from './shift-lifecycle.js';
import { ShiftPersonalData } from './shift-personal-data.js';
import { ShiftService } from './shift.service.js';
import { ShiftWriter } from './shift-writer.js';

/** The shift plan: who is on the phones when. */
@Module({
  imports: [AgentsModule, AuditModule, IdentityModule, PrivacyModule],
  providers: [ShiftEvents, ShiftWriter, ShiftService, ShiftLifecycle, ShiftPersonalData],
  exports: [ShiftEvents, ShiftWriter, ShiftService],
})
export class ShiftsModule {}
