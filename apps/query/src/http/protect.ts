import fastifyCookie from '@fastify/cookie';
import fastifyHelmet from '@fastify/helmet';
import { BadRequestException } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { comesFromElsewhere, isLink } from './same-origin.js';

/** What every answer carries: nothing is stored on the way, nothing runs but our own files, no other site sends our forms; and what no body may: a NUL. */
export async function protect(app: NestFastifyApplication, sessionSecret: string, linksFrom: readonly string[]): Promise<void> {
  await app.register(fastifyCookie, { secret: sessionSecret });
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        manifestSrc: ["'self'"],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    // Without a referrer browsers hide a form's origin, and our own forms would look like another site's.
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  });
  const server = app.getHttpAdapter().getInstance();
  server.addHook('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store').header('x-request-id', request.id);
    if (comesFromElsewhere(request) && !isLink(request, linksFrom)) {
      await reply.status(403).type('text/plain; charset=utf-8').send('This form was not sent from our own pages.');
    }
  });
  server.addHook('preValidation', async ({ body }) => {
    if (holdsNul(body)) throw new BadRequestException();
  });
}

/** Nobody types it, and PostgreSQL takes no text with it. However deep: what is nested a thousand times must not end this either. @param body as it was read from JSON or a form */
function holdsNul(body: unknown): boolean {
  const toLookAt = [body];
  for (const part of toLookAt) {
    if (typeof part === 'string' && part.includes('\0')) return true;
    if (typeof part === 'object' && part !== null) for (const entry of Object.entries(part)) toLookAt.push(...entry);
  }
  return false;
}
