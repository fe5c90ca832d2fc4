export { TrackingModule } from './tracking.module.js';
export {
  scaledScore,
  scorm12Status,
  scorm2004Status,
  secondsOfDuration,
  secondsOfTimespan,
} from './adapters/scorm.rules.js';
export { Connection } from './entities/connection.entity.js';
export { InboxMessage } from './entities/inbox-message.entity.js';
