export { TrackingModule } from './tracking.module.js';
export { Connection } from './entities/connection.entity.js';
export { InboxMessage } from './entities/inbox-message.entity.js';
