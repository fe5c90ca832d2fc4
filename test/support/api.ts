import type { TestApp } from './test-app.js';

/** An answer with its body read as JSON. */
export interface ApiAnswer<T = Record<string, any>> {
  status: number;
  body: T;
  headers: Headers;
  text: string;
}

/** Calls the JSON API as one person. */
export class Api {
  constructor(
    private readonly app: Pick<TestApp, 'url'>,
    readonly token?: string,
  ) {}

  get<T = Record<string, any>>(path: string, headers: Record<string, string> = {}): Promise<ApiAnswer<T>> {
    return this.call<T>('GET', `/api/v1${path}`, undefined, headers);
  }

  /** Posts JSON; a text is sent as it is. */
  post<T = Record<string, any>>(path: string, body?: unknown, headers: Record<string, string> = {}) {
    return this.call<T>('POST', `/api/v1${path}`, body, headers);
  }

  patch<T = Record<string, any>>(path: string, body: unknown) {
    return this.call<T>('PATCH', `/api/v1${path}`, body);
  }

  delete(path: string) {
    return this.call('DELETE', `/api/v1${path}`);
  }

  /** Uploads a file as the field `file` of a form. */
  async upload(
    path: string,
    content: string | Uint8Array,
    fields: Record<string, string> = {},
    fileName = 'tabel.csv',
  ): Promise<ApiAnswer> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', new Blob([content as Uint8Array<ArrayBuffer>]), fileName);
    const answer = await fetch(`${this.app.url}/api/v1${path}`, {
      method: 'POST',
      body: form,
      headers: this.token ? { authorization: `Bearer ${this.token}` } : {},
    });
    const text = await answer.text();
    return {
      status: answer.status,
      body: JSON.parse(text) as Record<string, any>,
      headers: answer.headers,
      text,
    };
  }

  async call<T = Record<string, any>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<ApiAnswer<T>> {
    const answer = await fetch(this.app.url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(this.token && { authorization: `Bearer ${this.token}` }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = (answer.headers.get('content-type') ?? '').includes('json');
    return {
      status: answer.status,
      body: (isJson ? JSON.parse(text) : undefined) as T,
      headers: answer.headers,
      text,
    };
  }
}

/** Signs in and gives the API as that person. */
export async function signIn(app: TestApp, email: string, password = PASSWORD): Promise<Api> {
  const answer = await new Api(app).post('/auth/login', { email, password });
  if (answer.status !== 200) throw new Error(`${email} cannot sign in: ${answer.text}`);
  return new Api(app, answer.body['accessToken'] as string);
}

/** The password of everyone the builders make. */
export const PASSWORD = 'correct horse battery';
