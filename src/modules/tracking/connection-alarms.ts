import { Inject, Injectable } from '@nestjs/common';
import { ENV, type Env } from '../../config/env.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { OutboxService } from '../notifications/index.js';
import { TaskService } from '../tasks/index.js';

/** What can be wrong with a connection; each is a kind of task. */
export type ConnectionAlarm = 'connection_silent' | 'connection_failing';

/** Tells the secretariat that a connection does not work: by a task, and by one mail to the support address. */
@Injectable()
export class ConnectionAlarms {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly unitOfWork: UnitOfWork,
    private readonly tasks: TaskService,
    private readonly outbox: OutboxService,
  ) {}

  /** Opens the task and queues the mail, once for each occasion. */
  async raise(kind: ConnectionAlarm, connection: { id: number; name: string }, occasion: string) {
    await this.unitOfWork.run(async (tx) => {
      const about = { type: 'connection', id: connection.id };
      await this.tasks.open(tx, {
        kind,
        subjectType: about.type,
        subjectId: about.id,
        municipalityCode: null,
        occasion,
      });
      await this.outbox.queue(tx, {
        template: 'connection-alarm',
        to: {
          personId: null,
          firstName: this.env.ORGANISATION_NAME,
          address: this.env.SUPPORT_EMAIL,
          language: 'da',
        },
        variables: {
          connection: connection.name,
          isSilent: kind === 'connection_silent',
          connectionUrl: `${this.env.PUBLIC_URL}/indstillinger/forbindelser/${connection.id}`,
        },
        about,
        dedupeKey: `${kind}:${connection.id}:${occasion}`,
      });
    });
  }

  /** Closes the task, since the connection works again. */
  async settle(kind: ConnectionAlarm, connectionId: number): Promise<void> {
    await this.unitOfWork.run((tx) => this.tasks.settle(tx, kind, 'connection', connectionId));
  }
}
