import { type CanActivate, createParamDecorator, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NotSignedIn, SessionsUnavailable } from '../errors.js';
import { Cookies } from './cookies.js';
import { MachineReaders, tokenIn } from './machine-readers.js';
import type { Asker, Reader } from './reader.js';
import { type Session, Sessions } from './sessions.js';

const PUBLIC = 'public';
const FOR_ALL = 'for all';

/** A route that needs nobody signed in: the sign-in page, health, documentation. */
export const Public = () => SetMetadata(PUBLIC, true);

/** A route that anybody may read, and on which whoever is signed in stays so to the eye. */
export const ForAll = () => SetMetadata(FOR_ALL, true);

type AskingRequest = FastifyRequest & { asker?: Asker };

/** Who reads, where anybody is signed in; for routes that are `@ForAll()`. */
export const ReaderIfAny = createParamDecorator(
  (_: unknown, context: ExecutionContext): Reader | undefined => context.switchToHttp().getRequest<AskingRequest>().asker?.reader,
);

/** Who asks, on routes that are not `@Public()`. */
export function askerOf(context: ExecutionContext): Asker {
  const { asker } = context.switchToHttp().getRequest<AskingRequest>();
  if (asker === undefined) throw new NotSignedIn();
  return asker;
}

/** The asker of this request; only on routes that are not `@Public()`. */
export const CurrentAsker = createParamDecorator((_: unknown, context: ExecutionContext): Asker => askerOf(context));

/** Paths of libs/runtime's health module, whose controller can't carry our mark: they say nothing of anybody. */
const OPEN_TO_MACHINES = new Set(['/health/live', '/health/ready', '/metrics']);

/** What a service's panel there means, opened from it and leading back to it, is no way out of a person's pages. */
const OF_PERSON = [/^(?:\/v1)?\/people\/([0-9a-f-]+)/, /^\/services\/[a-z-]+\?(?:[^#]*&)?person=([0-9a-f-]+)(?:&|$)/];
const isPageOf = (person: string, url: string): boolean => OF_PERSON.some((page) => page.exec(url)?.[1] === person);

/** A page of ours looks what has changed meanwhile, and nobody does anything: that keeps nobody signed in. */
const isByItself = ({ headers }: FastifyRequest): boolean => headers['x-by-itself'] === 'yes';

/** Deny by default: without a session, or a machine's token under /v1, no route answers but those marked `@Public()`. Throws `NotSignedIn`. */
@Injectable()
export class SignedInGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: Sessions,
    private readonly cookies: Cookies,
    private readonly machines: MachineReaders,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<AskingRequest>();
    const is = (mark: string) => this.reflector.getAllAndOverride<boolean | undefined>(mark, [context.getHandler(), context.getClass()]);
    if (is(PUBLIC) || OPEN_TO_MACHINES.has(request.routeOptions.url ?? '')) return true;
    const known = this.whoAsks(request, context.switchToHttp().getResponse<FastifyReply>());
    // What anybody may read is shown also while nobody's session can be looked up.
    const who = await (is(FOR_ALL) ? known.catch(() => undefined) : known);
    if (who !== undefined) request.asker = { ...who, requestId: request.id };
    return true;
  }

  private async whoAsks(request: AskingRequest, reply: FastifyReply): Promise<Omit<Asker, 'requestId'>> {
    const authorization = tokenIn(request);
    if (authorization !== undefined) {
      const scope = request.routeOptions.url === '/v1/links' ? 'links:create' : 'query:read';
      const reader = await this.machines.readerOf(authorization, request.id, scope);
      return { reader, holder: reader.id, overriding: null };
    }
    const token = this.cookies.read(request, 'session');
    if (token === null) throw new NotSignedIn();
    try {
      const session = await this.sessions.find(token);
      if (session === null) throw new NotSignedIn(true);
      const renewed = isByItself(request) ? null : await this.sessions.use(session, token);
      if (renewed !== null) this.cookies.set(reply, 'session', renewed);
      const { reader, id: holder } = session;
      return { reader, holder, overriding: await this.stillOpen(session, request.url) };
    } catch (error) {
      throw error instanceof NotSignedIn ? error : new SessionsUnavailable(error);
    }
  }

  /** A restricted record is left with the first page that is not that person's; a script that prolongs the session is none. */
  private async stillOpen(session: Session, url: string): Promise<Session['overriding']> {
    const { overriding } = session;
    if (overriding === null || url === '/session/stay' || isPageOf(overriding.person, url)) return overriding;
    await this.sessions.endOverride(session);
    return null;
  }
}
