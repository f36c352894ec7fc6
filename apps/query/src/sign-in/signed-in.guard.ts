import { type CanActivate, createParamDecorator, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { NotSignedIn } from '../errors.js';
import type { Asker } from './reader.js';

/** A route that needs nobody signed in: the sign-in page, health, documentation. */
export const Public = () => SetMetadata('public', true);

/** The asker of this request; only on routes that are not `@Public()`. */
export const CurrentAsker = createParamDecorator((_: unknown, context: ExecutionContext): Asker => {
  const { asker } = context.switchToHttp().getRequest<FastifyRequest & { asker?: Asker }>();
  if (asker === undefined) throw new NotSignedIn();
  return asker;
});

/** Deny by default: without a session no route answers but those marked `@Public()`. Throws `NotSignedIn`. */
@Injectable()
export class SignedInGuard implements CanActivate {
  canActivate(_context: ExecutionContext): Promise<boolean> {
    throw new Error('not built yet');
  }
}
