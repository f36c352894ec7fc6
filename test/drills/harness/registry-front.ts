import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the registry answers: as it is, or badly. `blind`: it does not know the schemas it is told to forget. `lying`: it gives others. */
export type Mood = 'honest' | 'refusing' | 'failing' | 'hanging' | 'html' | 'lying' | 'blind';

/** Stands before the real registry and answers in its place when a drill wants it to. */
export class RegistryFront {
  mood: Mood = 'honest';
  /** What it says of the schema ids it blinds or lies about: answers by path. */
  readonly hidden = new Map<string, string>();
  asked = 0;

  private constructor(
    private readonly server: Server,
    private readonly registryUrl: string,
  ) {
    server.on('request', (request, response) => void this.answer(request.method ?? 'GET', request.url ?? '', request, response));
  }

  static async open(registryUrl: string): Promise<RegistryFront> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new RegistryFront(server, registryUrl);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async answer(method: string, path: string, body: AsyncIterable<unknown>, response: ServerResponse): Promise<void> {
    this.asked += 1;
    const hidden = this.hidden.get(path);
    if (this.mood === 'refusing') return void response.destroy();
    if (this.mood === 'failing') return void response.writeHead(500).end('{}');
    if (this.mood === 'hanging') return undefined;
    if (this.mood === 'html') return void response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Sign in</h1>');
    if (this.mood === 'lying' && hidden !== undefined) return void response.writeHead(200, JSON_TYPE).end(hidden);
    if (this.mood === 'blind' && hidden !== undefined)
      return void response.writeHead(404, JSON_TYPE).end('{"error_code":40403,"message":"Schema not found"}');
    return this.pass(method, path, body, response);
  }

  private async pass(method: string, path: string, body: AsyncIterable<unknown>, response: ServerResponse): Promise<void> {
    const sent: Buffer[] = [];
    for await (const chunk of body) sent.push(chunk as Buffer);
    try {
      const answer = await fetch(`${this.registryUrl}${path}`, {
        method,
        headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
        ...(sent.length > 0 && { body: Buffer.concat(sent) }),
      });
      response.writeHead(answer.status, JSON_TYPE).end(await answer.text());
    } catch {
      response.destroy();
    }
  }
}

const JSON_TYPE = { 'content-type': 'application/vnd.schemaregistry.v1+json' };
