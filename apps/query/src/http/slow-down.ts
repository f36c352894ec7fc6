import { hash } from 'node:crypto';
import fastifyRateLimit from '@fastify/rate-limit';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { TooMuchAsked } from '../errors.js';
import { Cookies } from '../sign-in/cookies.js';

/** Said of nobody, and asked for by machines or along with a page. */
const NOT_COUNTED = /^\/(assets|health|metrics)\b/;

/** However fast somebody asks, the index is not read out: so many requests a minute for each session and each machine's token, and for each address where there is neither. */
export async function slowDown(app: NestFastifyApplication, perMinute: number): Promise<void> {
  const cookies = app.get(Cookies);
  await app.register(fastifyRateLimit, {
    max: perMinute,
    timeWindow: '1 minute',
    allowList: ({ url }: FastifyRequest) => NOT_COUNTED.test(url),
    keyGenerator(request: FastifyRequest) {
      const by = cookies.read(request, 'session') ?? request.headers.authorization;
      return by === undefined ? request.ip : hash('sha256', by);
    },
    errorResponseBuilder: () => new TooMuchAsked(),
    addHeadersOnExceeding: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
    addHeaders: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false, 'retry-after': true },
  });
}
