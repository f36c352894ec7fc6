import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Provider } from 'oidc-provider';
import { createLogger, type Running } from '#lib/runtime';
import { chooser } from './page.js';
import { openProvider } from './provider.js';
import { readerNamed } from './readers.js';
import { directorySettings } from './settings.js';

/** Opens the made-up authority's directory. @throws SettingsError in production */
export async function startDirectory(env: Record<string, string | undefined>): Promise<Running> {
  const settings = directorySettings(env);
  const logger = createLogger('directory', settings.logLevel);
  const provider = await openProvider(settings);
  provider.on('server_error', (_, err) => logger.error({ err }, 'a fault of the directory'));
  const rest = provider.callback();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', settings.issuer);
    if (pathname.startsWith('/health/'))
      return void response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"ready"}');
    if (!pathname.startsWith('/choose/')) return void rest(request, response);
    choose(provider, request, response).catch((err: unknown) => {
      logger.warn({ err }, 'a choice that could not be taken');
      if (!response.headersSent) response.writeHead(400, { 'content-type': 'text/plain; charset=utf-8' });
      response.end('This sign-in is over. Begin again at the index.');
    });
  });
  await once(server.listen(settings.httpPort, settings.httpHost), 'listening');
  return {
    url: settings.issuer,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The page on which the reader says who they are, and what becomes of it. */
async function choose(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { uid } = await provider.interactionDetails(request, response);
  const show = (status: number, problem?: string) =>
    void response
      .writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
      .end(chooser(`/choose/${uid}`, problem));
  if (request.method !== 'POST') return show(200);
  const fields = new URLSearchParams(await text(request));
  if (fields.has('cancel')) return provider.interactionFinished(request, response, { error: 'access_denied' });
  const reader = readerNamed(fields.get('reader') ?? '');
  if (reader === undefined) return show(400, 'Choose who you are');
  return provider.interactionFinished(request, response, { login: { accountId: reader.id } });
}
