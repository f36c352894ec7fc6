import { hash } from 'node:crypto';
import fastifyRateLimit from '@fastify/rate-limit';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { TooMuchAsked } from '../errors.js';
import { Cookies } from '../sign-in/cookies.js';
import { MachineReaders, tokenIn } from '../sign-in/machine-readers.js';

/** Said of nobody, and asked for by machines or along with a page. */
const NOT_COUNTED = /^\/(assets|health|metrics)\b/;

/**
 * However fast somebody asks, the index is not read out: so many requests a minute for each session and each machine. What proves
 * neither counts by its address: whoever makes up headers and cookies is still one.
 */
export async function slowDown(app: NestFastifyApplication, perMinute: number): Promise<void> {
  const [cookies, machines] = [app.get(Cookies), app.get(MachineReaders)];
  await app.register(fastifyRateLimit, {
    max: perMinute,
    timeWindow: '1 minute',
    allowList: ({ url }: FastifyRequest) => NOT_COUNTED.test(url),
    async keyGenerator(request: FastifyRequest) {
      const address = fastifyRateLimit.normalizeIP(request.ip);
      const token = tokenIn(request);
      if (token !== undefined) return (await machines.clientOf(token)) ?? address;
      // Signed here when somebody signed in.
      const session = cookies.read(request, 'session');
      return session === null ? address : hash('sha256', session);
    },
    errorResponseBuilder: () => new TooMuchAsked(),
    addHeadersOnExceeding: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
    addHeaders: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false, 'retry-after': true },
  });
}
