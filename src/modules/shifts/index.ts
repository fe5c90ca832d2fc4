export { ShiftsModule } from './shifts.module.js';
export { ShiftEvents } from './shift-events.js';
export { ShiftService, type ShiftView } from './shift.service.js';
export { ShiftWriter, type NewShift } from './shift-writer.js';
export { Shift } from './entities/shift.entity.js';
