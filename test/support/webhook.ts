import { Webhook } from 'standardwebhooks';
import type { Api, ApiAnswer } from './api.js';
import { Api as ApiClass } from './api.js';
import type { TestApp } from './test-app.js';
import { unique } from './builders.js';

/** An e-learning host: it signs with the `standardwebhooks` package, as a foreign program would. */
export class Host {
  private constructor(
    private readonly anonymous: Api,
    readonly key: string,
    readonly secret: string,
  ) {}

  static async connect(app: TestApp, secretariat: Api, changes: Record<string, unknown> = {}): Promise<Host> {
    const { body, status, text } = await secretariat.post('/connections', {
      name: 'Articulate',
      shape: 'own',
      ...changes,
    });
    if (status !== 201) throw new Error(text);
    return new Host(new ApiClass(app), body['key'] as string, body['secret'] as string);
  }

  /** The same host after its secret was changed. */
  withSecret(secret: string): Host {
    return new Host(this.anonymous, this.key, secret);
  }

  /** Posts a signed message; `id` and `at` may be chosen to repeat or to age it. */
  send(message: unknown, id = `msg_${unique()}`, at = new Date()): Promise<ApiAnswer> {
    return this.sendText(typeof message === 'string' ? message : JSON.stringify(message), id, at);
  }

  sendText(text: string, id: string, at: Date): Promise<ApiAnswer> {
    return this.anonymous.post(
      `/webhooks/completions/${this.key}`,
      text,
      signedHeaders(this.secret, text, id, at),
    );
  }
}

/** The three headers of a signed message. */
export function signedHeaders(
  secret: string,
  text: string,
  id: string,
  at = new Date(),
): Record<string, string> {
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, at, text),
  };
}

/** A message of our own shape: completed just now. */
export function completed(enrolment: string, changes: Record<string, unknown> = {}): Record<string, unknown> {
  return { type: 'course.completed', id: 'm', occurredAt: new Date().toISOString(), enrolment, ...changes };
}
