import { type CanActivate, createParamDecorator, type ExecutionContext, Inject, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { AuditUnavailable, NotSignedIn } from '../errors.js';
import { IDENTITY_PROVIDER, type IdentityProvider } from './identity-provider.js';
import type { Asker, Reader } from './reader.js';
import { sessionTokenOf } from './session-cookie.js';
import { Sessions } from './sessions.js';

const PUBLIC = 'public';

/** A route that needs nobody signed in: the sign-in page, health, documentation. */
export const Public = () => SetMetadata(PUBLIC, true);

type AskingRequest = FastifyRequest & { asker?: Asker };

/** The asker of this request; only on routes that are not `@Public()`. */
export const CurrentAsker = createParamDecorator((_: unknown, context: ExecutionContext): Asker => {
  const { asker } = context.switchToHttp().getRequest<AskingRequest>();
  if (asker === undefined) throw new NotSignedIn();
  return asker;
});

/** Paths of libs/runtime's health module, whose controller can't carry our mark: they say nothing of anybody. */
const OPEN_TO_MACHINES = new Set(['/health/live', '/health/ready', '/metrics']);

/** Deny by default: without a session no route answers but those marked `@Public()`. Throws `NotSignedIn`. */
@Injectable()
export class SignedInGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: Sessions,
    @Inject(IDENTITY_PROVIDER) private readonly provider: IdentityProvider,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<AskingRequest>();
    const open = this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC, [context.getHandler(), context.getClass()]);
    if (open || OPEN_TO_MACHINES.has(request.routeOptions.url ?? '')) return true;
    const reader = await this.readerOf(request);
    if (reader === null) throw new NotSignedIn();
    request.asker = { reader, requestId: request.id };
    return true;
  }

  private async readerOf(request: FastifyRequest): Promise<Reader | null> {
    const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (bearer !== undefined) return this.provider.readerOfToken(bearer);
    const token = sessionTokenOf(request);
    if (token === null) return null;
    try {
      return await this.sessions.readerOf(token);
    } catch (error) {
      throw new AuditUnavailable(error);
    }
  }
}
