export { TrackingModule } from './tracking.module.js';
export {
  LONGEST_SECONDS,
  scaledScore,
  scorm12Status,
  scorm2004Status,
  secondsIn,
  secondsOfDuration,
  secondsOfTimespan,
  type GivenScore,
  type ScormStatus,
} from './adapters/scorm.rules.js';
export { readMessage, CONNECTION_SHAPES, type ConnectionShape } from './adapters/read-message.js';
export type { MessageTarget, UnderstoodMessage } from './adapters/understood-message.js';
export { ConnectionWatch } from './connection-watch.js';
export { RefusalService } from './refusal.service.js';
export { Connection } from './entities/connection.entity.js';
export { InboxMessage } from './entities/inbox-message.entity.js';
