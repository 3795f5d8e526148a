/** A browser without a screen: keeps cookies, follows nothing by itself, and posts forms as a page of the site would. */
export class BrowserSession {
  readonly #cookies = new Map<string, string>();
  constructor(readonly origin: string) {}

  get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.#send(path, { headers });
  }

  post(
    path: string,
    fields: Record<string, string | readonly string[]>,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(fields)) {
      for (const item of typeof value === 'string' ? [value] : value) body.append(name, item);
    }
    return this.#send(path, { method: 'POST', body, headers: { origin: this.origin, ...headers } });
  }

  /** Posts, then follows the redirect as a browser would. */
  async postAndFollow(path: string, fields: Record<string, string | readonly string[]>): Promise<Response> {
    const response = await this.post(path, fields);
    const location = response.headers.get('location');
    return response.status >= 300 && response.status < 400 && location ? this.get(location) : response;
  }

  cookie(name: string): string | undefined {
    return this.#cookies.get(name);
  }

  cookieHeader(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async #send(path: string, init: RequestInit & { headers: Record<string, string> }): Promise<Response> {
    const headers = {
      accept: 'text/html',
      ...init.headers,
      ...(this.#cookies.size > 0 ? { cookie: this.cookieHeader() } : {}),
    };
    const response = await fetch(new URL(path, this.origin), { ...init, headers, redirect: 'manual' });
    this.keepCookies(response);
    return response;
  }

  keepCookies(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '' || /max-age=0/i.test(line)) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
  }
}
