/** A reader with a browser's manners and no JavaScript: keeps cookies, follows redirects, also to the directory and back, reads the page. */
export class Visitor {
  /** As in a browser, a host's cookies go to all its ports. */
  private readonly cookies = new Map<string, string>();

  constructor(private readonly url: string) {}

  static async signedIn(url: string, reader: string): Promise<Visitor> {
    const visitor = new Visitor(url);
    await visitor.signIn(reader);
    return visitor;
  }

  /** Signs in at the directory, as the reader chosen there. @returns the page it led to */
  async signIn(reader: string): Promise<string> {
    const chooser = await this.send('/sign-in/begin').then((answer) => this.arrive(answer));
    const action = /<form method="post" action="([^"]+)"/.exec(await chooser.text())?.[1];
    if (action === undefined) throw new Error(`the directory did not ask who signs in at ${chooser.url}`);
    return this.pageOf(
      await this.arrive(await this.send(new URL(action, chooser.url).href, { method: 'POST', body: new URLSearchParams({ reader }) })),
    );
  }

  /** The cookies as a header, for requests that are sent by other means. */
  get header(): { cookie: string } {
    return { cookie: [...this.cookies].map((pair) => pair.join('=')).join('; ') };
  }

  /** What a path is answered with, whatever it is. */
  open(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.send(path, { headers });
  }

  /** The page at a path, after redirects. @throws Error when it is neither 200 nor 404 */
  async read(path: string): Promise<string> {
    return this.pageOf(await this.arrive(await this.send(path)));
  }

  /** Sends a form and reads where it leads. */
  async submit(path: string, fields: Record<string, string>): Promise<string> {
    return this.pageOf(await this.arrive(await this.send(path, { method: 'POST', body: new URLSearchParams(fields) })));
  }

  /** Says why somebody's record is opened, for the rest of the session, and reads their page. */
  async openWithReason(path: string): Promise<string> {
    const [, person] = /^\/people\/([0-9a-f-]{36})/.exec(path) ?? [];
    await this.submit(`/people/${person}/reason`, { why: 'section-47', none: 'yes' });
    return this.read(path);
  }

  /** Follows redirects to where they end. */
  async arrive(response: Response): Promise<Response> {
    const location = response.headers.get('location');
    return location === null ? response : this.arrive(await this.send(new URL(location, response.url).href));
  }

  private async pageOf(response: Response): Promise<string> {
    if (![200, 403, 404].includes(response.status)) throw new Error(`${response.status} from ${new URL(response.url).pathname}`);
    return response.text();
  }

  async send(address: string, init: RequestInit = {}): Promise<Response> {
    const headers = { ...this.header, ...(init.headers as Record<string, string>) };
    const response = await fetch(new URL(address, this.url), { ...init, headers, redirect: 'manual' });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === '' || /expires=Thu, 01 Jan 1970/i.test(cookie)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }
}
