import { Api, type ApiAnswer } from './api.js';
import type { Host } from './webhook.js';

/** The header that shows a user name and a password (RFC 7617). */
export function basic(userName: string, password: string): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}` };
}

/** A host that shows its secret as a password, as SCORM Cloud and Rustici Engine do. */
export class PasswordHost {
  private readonly anonymous: Api;

  constructor(
    app: { url: string },
    private readonly host: Pick<Host, 'key' | 'secret'>,
  ) {
    this.anonymous = new Api(app);
  }

  /** Posts JSON, or a text as it is, with HTTP Basic. */
  post(body: unknown, { userName = this.host.key, password = this.host.secret } = {}): Promise<ApiAnswer> {
    return this.anonymous.post(this.path, body, basic(userName, password));
  }

  /** Posts a form. */
  form(fields: Record<string, string> | string): Promise<ApiAnswer> {
    const text = typeof fields === 'string' ? fields : new URLSearchParams(fields).toString();
    return this.anonymous.post(this.path, text, { 'content-type': 'application/x-www-form-urlencoded' });
  }

  /** Where it posts. */
  get path(): string {
    return `/webhooks/completions/${this.host.key}`;
  }
}

/** A registration result, completed and passed. */
export function registration(id: string, changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id,
    instance: 0,
    updated: '2026-03-02T10:00:00.000Z',
    registrationCompletion: 'COMPLETED',
    registrationSuccess: 'PASSED',
    registrationCompletionAmount: 'NaN',
    score: { scaled: 80 },
    totalSecondsTracked: 600,
    completedDate: '2026-03-02T09:00:00.000Z',
    course: { id: 'intet', title: 'Introduktion', version: 0 },
    learner: { id: 'l-1', email: 'nobody@example.invalid', firstName: 'A', lastName: 'B' },
    ...changes,
  };
}
