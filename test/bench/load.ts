import autocannon from 'autocannon';
import { asMachine } from '../support/tokens.js';
import { type Percentiles, percentilesOf } from './percentiles.js';

export interface Load extends Percentiles {
  perSecond: number;
}

export const CONNECTIONS = 20;
const WARM_UP_SECONDS = 3;

/** Asks the same kind of thing on some connections, one after the other on each, for a while after a short warm-up. @throws Error unless every answer is 2xx */
export async function load(url: string, seconds: number, request: () => autocannon.Request, connections = CONNECTIONS): Promise<Load> {
  await once(url, WARM_UP_SECONDS, request, connections);
  return once(url, seconds, request, connections);
}

async function once(url: string, seconds: number, request: () => autocannon.Request, connections: number): Promise<Load> {
  const milliseconds: number[] = [];
  const options: autocannon.Options = {
    url,
    connections,
    duration: seconds,
    headers: await asMachine(),
    requests: [{ setupRequest: (first) => ({ ...first, ...request() }) }],
  };
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const running = autocannon(options, (error, done) => (error ? reject(error as Error) : resolve(done)));
    running.on('response', (_client, _status, _bytes, time) => milliseconds.push(time));
  });
  if (result.non2xx + result.errors > 0) {
    const statuses = Object.entries(result.statusCodeStats ?? {}).map(([status, { count }]) => `${count} x ${status}`);
    throw new Error(`not every answer was 2xx (${statuses.join(', ')}), ${result.errors} requests failed (${result.timeouts} timed out)`);
  }
  return { ...percentilesOf(milliseconds), perSecond: result['2xx'] / result.duration };
}
