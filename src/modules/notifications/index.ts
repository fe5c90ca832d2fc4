export { NotificationsModule } from './notifications.module.js';
export { OutboxService } from './outbox.service.js';
export { Undeliverable, type UndeliverableMail } from './undeliverable.js';
export { MailReasons } from './mail-reasons.js';
export { MailQueries, type MailRow } from './mail.queries.js';
export { MailDispatcher } from './mail-dispatcher.js';
export { nextOfficeInstant } from './outbox.rules.js';
export { Mail } from './entities/mail.entity.js';
export type { MailOrder, MailReceiver } from './mail-order.js';
