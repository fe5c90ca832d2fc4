import { Inject, Injectable } from '@nestjs/common';
import { randomToken } from '../../common/crypto.js';
import { DomainError } from '../../common/domain-error.js';
import { ENV, type Env } from '../../config/env.js';
import { blankForm, type FormModel } from '../../web/forms/form.js';
import { CourseQueries } from '../courses/index.js';
import { ConnectionActivityQueries } from './connection-activity.queries.js';
import { courseChoices, type ShownSecret } from './connection-forms.js';
import { ConnectionQueries } from './connection.queries.js';
import { takesPassword } from './credentials.js';
import { InboxQueries } from './inbox.queries.js';
import { readAs } from './read-as.js';

const LAST_MESSAGES = 10;
const DAY_HOURS = 24;

/** Gathers what the page of a connection shows. */
@Injectable()
export class ConnectionModel {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly connections: ConnectionQueries,
    private readonly activity: ConnectionActivityQueries,
    private readonly inbox: InboxQueries,
    private readonly courses: CourseQueries,
  ) {}

  /**
   * The view model of a connection's page.
   * @param more a form that was faulty, or a secret that is shown this once
   * @throws DomainError `not_found`
   */
  async of(connectionId: number, more: { form?: FormModel; shown?: Omit<ShownSecret, 'name'> } = {}) {
    const connection = await this.connections.find(connectionId);
    if (!connection) throw new DomainError('not_found', 'not_found');
    const { name, shape, version } = connection;
    const form = more.form ?? blankForm({ name, version: String(version) });
    const chosen = more.form ? form.lists?.['courseIds'] : connection.courseIds?.map(String);
    const courses = courseChoices(await this.courses.list(), chosen);
    const { items } = await this.inbox.list({ connectionId, limit: LAST_MESSAGES });
    return {
      connection,
      form,
      courses,
      shown: more.shown,
      key: randomToken(),
      address: `${this.env.PUBLIC_URL}/api/v1/webhooks/completions/${connection.key}`,
      takesPassword: takesPassword(shape),
      reportsOn: courses.filter(({ value }) => connection.courseIds?.includes(value)),
      lastDay: await this.activity.countWithin(connectionId, DAY_HOURS),
      lastWeek: await this.activity.countWithin(connectionId, 7 * DAY_HOURS),
      messages: items.map((message) => ({ ...message, read: readAs(shape, message.body) })),
    };
  }
}
