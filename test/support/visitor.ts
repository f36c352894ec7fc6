/** A reader with a browser's manners and no JavaScript: keeps the cookie, follows redirects, reads the page. */
export class Visitor {
  private cookie = '';

  constructor(private readonly url: string) {}

  /** Signs in through the development form. */
  async signIn(reader: string): Promise<void> {
    await this.submit('/sign-in', { reader });
  }

  /** What a path is answered with, whatever it is. */
  open(path: string): Promise<Response> {
    return this.send(path);
  }

  /** The page at a path, after redirects. @throws Error when it is neither 200 nor 404 */
  async read(path: string): Promise<string> {
    return this.follow(await this.send(path));
  }

  /** Sends a form and reads where it leads. */
  async submit(path: string, fields: Record<string, string>): Promise<string> {
    return this.follow(await this.send(path, { method: 'POST', body: new URLSearchParams(fields) }));
  }

  private async follow(response: Response): Promise<string> {
    const location = response.headers.get('location');
    if (location !== null) return this.read(new URL(location, this.url).pathname);
    if (response.status !== 200 && response.status !== 404) throw new Error(`${response.status} from ${new URL(response.url).pathname}`);
    return response.text();
  }

  private async send(path: string, init: RequestInit = {}): Promise<Response> {
    const response = await fetch(`${this.url}${path}`, { ...init, headers: { cookie: this.cookie }, redirect: 'manual' });
    const set = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]!);
    if (set.length > 0) this.cookie = set.join('; ');
    return response;
  }
}
