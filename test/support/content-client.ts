import type { TestApp } from './test-app.js';

/** The player's answer to a message. */
export interface CommitReply {
  status: number;
  body: { result?: boolean; state?: string; isFinished?: boolean; isSuperseded?: boolean; reason?: string };
}

/** What a browser does on the content host, without one. */
export class ContentClient {
  private sequence = 0;

  constructor(
    private readonly app: Pick<TestApp, 'contentUrl'>,
    readonly token: string,
  ) {}

  /** The token in the address to which the product sends a learner. */
  static tokenOf(location: string): string {
    return new URL(location).pathname.split('/').at(-1)!;
  }

  /** Sends what SCORM 1.2 content has said of a unit. */
  async commit(
    core: Record<string, unknown>,
    more: Record<string, unknown> = {},
    cmi: Record<string, unknown> = {},
  ): Promise<CommitReply> {
    this.sequence += 1;
    const message = {
      unit: 0,
      sequence: this.sequence,
      openSeconds: 10,
      payload: {
        completionStatus: 'unknown',
        successStatus: 'unknown',
        runtimeData: { cmi: { ...cmi, core } },
      },
      ...more,
    };
    return this.send(JSON.stringify(message));
  }

  /** Sends a body as it is. */
  async send(body: string, path = 'gem'): Promise<CommitReply> {
    const answer = await fetch(`${this.app.contentUrl}/laer/${this.token}/${path}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    });
    const text = await answer.text();
    return { status: answer.status, body: text ? (JSON.parse(text) as CommitReply['body']) : {} };
  }

  /** The player's page. */
  async page(): Promise<{ status: number; text: string }> {
    const answer = await fetch(`${this.app.contentUrl}/laer/${this.token}`);
    return { status: answer.status, text: await answer.text() };
  }
}
