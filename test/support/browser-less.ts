/** A page as a browser without JavaScript has it. */
export interface LoadedPage {
  status: number;
  /** Path after redirects. */
  url: string;
  text: string;
  csrf: string;
  location: string | null;
}

/** A browser without JavaScript: cookies, redirects and forms, nothing else. */
export class Browser {
  private readonly cookies = new Map<string, string>();

  constructor(private readonly origin: string) {}

  /** The value of a cookie. */
  cookie(name: string): string | undefined {
    return this.cookies.get(name);
  }

  async get(path: string): Promise<LoadedPage> {
    return this.load(path, { method: 'GET' });
  }

  /** Posts a form as it is and does not follow the redirect. */
  post(
    path: string,
    fields: Record<string, string> | URLSearchParams,
    headers: Record<string, string> = {},
  ): Promise<LoadedPage> {
    return this.load(path, { method: 'POST', headers, body: new URLSearchParams(fields) }, false);
  }

  /** Sends the form of a page that has this action: its own fields, filled in with others. */
  async submit(page: LoadedPage, action: string, fields: Record<string, string> = {}): Promise<LoadedPage> {
    const form = formWithAction(page.text, action);
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    return this.load(action, { method: 'POST', body: form });
  }

  /** Opens a link and presses its button. */
  async visitAndSubmit(path: string): Promise<LoadedPage> {
    const page = await this.get(path);
    return page.text.includes(`action="${path}"`) ? this.submit(page, path) : page;
  }

  private async load(path: string, init: RequestInit, follow = true): Promise<LoadedPage> {
    const headers = {
      cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      ...init.headers,
    };
    const answer = await fetch(this.origin + path, { ...init, headers, redirect: 'manual' });
    for (const cookie of answer.headers.getSetCookie()) this.keep(cookie);
    const location = answer.headers.get('location');
    if (follow && location && answer.status < 400) return this.load(location, { method: 'GET' });
    const text = await answer.text();
    const csrf = /name="_csrf" value="([^"]*)"/.exec(text)?.[1] ?? '';
    return { status: answer.status, url: path.split('?')[0]!, text, csrf, location };
  }

  private keep(cookie: string): void {
    const [pair] = cookie.split(';');
    const [name, value] = pair!.split('=') as [string, string];
    if (value === '') this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

/** The fields a form would send untouched; of several with the same name the last, but for hidden ones, which are all sent. */
function formWithAction(html: string, action: string): URLSearchParams {
  const forms = [...html.matchAll(/<form[^>]*action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/g)];
  const form = forms.find((match) => unescaped(match[1]!) === action);
  if (!form) throw new Error(`The page has no form with the action ${action}.`);
  const fields = new URLSearchParams();
  for (const [input, name] of form[2]!.matchAll(/<input[^>]*name="([^"]*)"[^>]*>/g)) {
    const value = unescaped(/ value="([^"]*)"/.exec(input)?.[1] ?? '');
    if (input.includes('type="hidden"')) fields.append(name!, value);
    else fields.set(name!, value);
  }
  return fields;
}

function unescaped(attribute: string): string {
  return attribute.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&');
}
