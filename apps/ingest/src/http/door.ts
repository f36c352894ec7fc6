import type { Socket } from 'node:net';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '#lib/identity';
import type { KnownSenders } from './known-senders.js';
import { bodyOf, sendProblem } from './problem-details.filter.js';
import { MOST_BYTES } from './read-body.js';
import { RequestProblem } from './request-problem.js';

/** More requests at once than this are asked to come back: bodies and sealed events are held in memory. */
const MOST_AT_ONCE = 64;
/** A large file on a slow line takes its time. */
const WHOLE_REQUEST_MS = 600_000;

/** Fastify as the door wants it: a sender is known before a byte of the body is read, and the body stays bytes. */
export function doorAdapter(senders: KnownSenders): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit: MOST_BYTES,
    routerOptions: { maxParamLength: 100 },
    requestTimeout: WHOLE_REQUEST_MS,
    frameworkErrors: (_error: Error, _request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(reply, new RequestProblem(400, 'bad-request', 'The address could not be read.', 'Check the address.')),
    clientErrorHandler: refuseNonsense,
  });
  const fastify = adapter.getInstance<FastifyInstance>();
  letInKnownSenders(fastify, senders);
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit: MOST_BYTES }, (_request, body, done) =>
    done(null, body),
  );
  // a file is never held in memory: its reader takes it as it comes
  fastify.addContentTypeParser('text/csv', (_request, payload, done) => done(null, payload));
  return adapter;
}

/** A request whose sender is known. */
export type FromSender = FastifyRequest & { [CALLER]?: Caller };
const CALLER = Symbol('caller');

export function callerIn(request: FromSender): Caller {
  const caller = request[CALLER];
  if (!caller) throw new Error('a request came in without a known sender');
  return caller;
}

/** What is no HTTP at all is answered like everything else. */
function refuseNonsense(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return;
  const body = bodyOf(new RequestProblem(400, 'bad-request', 'The request is not HTTP.', 'Check the request line and the headers.'));
  const head = `HTTP/1.1 400 Bad Request\r\nContent-Type: application/problem+json; charset=utf-8\r\nConnection: close`;
  socket.end(`${head}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

function letInKnownSenders(fastify: FastifyInstance, senders: KnownSenders): void {
  let atOnce = 0;
  fastify.addHook('onRequest', async (request, reply) => {
    if (!isDoor(request)) return undefined;
    const problem = (await whyUnknown(request, senders)) ?? problemOfForm(request, atOnce);
    if (problem) {
      sendProblem(reply, problem);
      return reply;
    }
    atOnce++;
    reply.raw.once('close', () => atOnce--);
    return undefined;
  });
}

const isDoor = (request: FastifyRequest) => request.routeOptions.url?.startsWith('/v1/') === true;

/** The pages of the index: they act for readers whom they have signed in and whose right they have checked. */
const FOR_READERS = 'act-for-readers';

/** A source speaks for itself; whoever approves its files sees them, and no more. Files alone may be handled for a reader. */
function scopesFor({ params, routeOptions, method }: FastifyRequest): string[] {
  const { source } = params as { source: string };
  const { url = '' } = routeOptions;
  const forReaders = /\/files(\/|$)/.test(url) ? [FOR_READERS] : [];
  if (url.endsWith('/approval')) return [`approve:${source}`, ...forReaders];
  return [`ingest:${source}`, ...(method === 'GET' ? [`approve:${source}`] : []), ...forReaders];
}

/** Whoever acts for readers says for which: what is done is that reader's act. */
function onBehalfOf(caller: Caller, { 'on-behalf-of': header }: FastifyRequest['headers']): Caller {
  if (!caller.scopes.has(FOR_READERS)) return caller;
  const reader = typeof header === 'string' && /^[\w.%~!*'()-]{1,600}$/.test(header) ? header : undefined;
  if (reader !== undefined) return { ...caller, client: `reader:${reader}` };
  throw new RequestProblem(
    400,
    'no-reader',
    'It is not said for which reader this is.',
    'Send On-Behalf-Of with their user name, URI-encoded.',
  );
}

async function whyUnknown(request: FastifyRequest, senders: KnownSenders): Promise<RequestProblem | undefined> {
  try {
    (request as FromSender)[CALLER] = onBehalfOf(await senders.check(scopesFor(request), request.headers.authorization), request.headers);
    return undefined;
  } catch (error) {
    if (error instanceof RequestProblem) return error;
    throw error;
  }
}

function problemOfForm(request: FastifyRequest, atOnce: number): RequestProblem | undefined {
  const type = request.headers['content-type'] ?? '';
  const compressed = (request.headers['content-encoding'] ?? 'identity') !== 'identity';
  // what a file says of its letters is found out, not believed
  if (compressed || !(/^text\/csv\b/i.test(type) || /^[^;]*(;\s*charset="?utf-8"?)?\s*$/i.test(type)))
    return new RequestProblem(
      415,
      'not-json',
      'The body is not sent as JSON.',
      'Send Content-Type: application/json in UTF-8, not compressed.',
    );
  if (atOnce >= MOST_AT_ONCE)
    return new RequestProblem(503, 'too-many-at-once', 'Too many requests are under way.', 'Send the same request again in a moment.', {
      headers: { 'retry-after': '1' },
    });
  return undefined;
}
