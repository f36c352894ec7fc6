import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

export interface FrontOptions {
  /** 0: any free one. */
  port: number;
  /** Where the query service listens. */
  target: number;
  /** Where it left the page for when it is away. */
  folder: string;
}

export interface Front {
  port: number;
  close(): Promise<void>;
}

const ANSWERS_WITHIN_MS = 30_000;
/** A source team's file is read whole before it is answered. */
const READS_WITHIN_MS = 600_000;
const isFile = (method = '', path = '') => method === 'POST' && /^\/sources\/[^/]+\/files$/.test(path);
/** None is kept open: one to a query service that has been killed would fail the first reader after its return. */
const agent = new Agent({ keepAlive: false });

/**
 * What browsers reach in the local stack: passes everything on to the query service, and shows the page that it left while it is away. In
 * production that is the front server's (deploy/Caddyfile).
 */
export async function startFront(o: FrontOptions): Promise<Front> {
  const server = createServer((incoming, outgoing) => {
    void passOn(incoming, outgoing, o.target).catch(() => showInstead(incoming, outgoing, o.folder));
  });
  await once(server.listen(o.port, '127.0.0.1'), 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function passOn(incoming: IncomingMessage, outgoing: ServerResponse, port: number): Promise<void> {
  const { method, url: path, headers } = incoming;
  const onward = request({
    host: '127.0.0.1',
    port,
    method,
    path,
    headers,
    agent,
    timeout: isFile(method, path) ? READS_WITHIN_MS : ANSWERS_WITHIN_MS,
  });
  onward.once('timeout', () => onward.destroy(new Error('no answer')));
  const answered = once(onward, 'response') as Promise<[IncomingMessage]>;
  const [, [answer]] = await Promise.all([pipeline(incoming, onward), answered]);
  outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
  await pipeline(answer, outgoing);
}

const ASSET = /^\/assets\/[0-9a-f]{16}\/(index\.css|icon\.svg)$/;
const TYPES = { 'index.css': 'text/css', 'icon.svg': 'image/svg+xml' };

async function showInstead(incoming: IncomingMessage, outgoing: ServerResponse, folder: string): Promise<void> {
  incoming.resume();
  // Part of an answer has gone out already: nothing may be written behind it.
  if (outgoing.headersSent) return void outgoing.destroy();
  const asset = ASSET.exec(incoming.url ?? '')?.[1] as keyof typeof TYPES | undefined;
  const content = await readFile(join(folder, asset ? incoming.url! : 'unavailable.html')).catch(() => undefined);
  if (asset && content) return void outgoing.writeHead(200, { 'content-type': TYPES[asset] }).end(content);
  outgoing
    .writeHead(503, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; frame-ancestors 'none'",
      'retry-after': '60',
    })
    .end(content ?? 'The index is not available, and has never been started here.');
}
