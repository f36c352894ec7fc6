import { Inject, Injectable, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type AuditEntry, AuditLog } from '#lib/audit';
import { revoke } from '#lib/identity';
import type { Pool } from 'pg';
import type { Authority } from '../authority.js';
import { AuditUnavailable } from '../errors.js';
import { homeOf } from '../policy/home-of.js';
import { AUTHORITY, SESSIONS } from '../providers.js';
import { Cookies } from './cookies.js';
import { Directory, NotProved } from './directory.js';
import { GoingTo } from './going-to.js';
import type { Reader } from './reader.js';
import { type NoReader, readerFromClaims } from './reader-from-claims.js';
import { type Session, Sessions } from './sessions.js';
import { SignInsUnderWay } from './sign-ins-under-way.js';

/** Why nobody was signed in. `over`: it was begun too long ago, or elsewhere, or has been finished already. */
export type WhyRefused = 'over' | NotProved['why'] | NoReader['why'];

/** Signing in at the authority's directory and out again, each audited. */
@Injectable()
export class SignIn {
  private readonly logger = new Logger(SignIn.name);

  constructor(
    private readonly directory: Directory,
    private readonly sessions: Sessions,
    private readonly underWay: SignInsUnderWay,
    private readonly cookies: Cookies,
    private readonly goingTo: GoingTo,
    private readonly audit: AuditLog,
    @Inject(SESSIONS) private readonly pool: Pool,
    @Inject(AUTHORITY) private readonly authority: Authority,
  ) {}

  /** @returns where at the directory the browser goes. @throws DirectoryUnavailable, AuditUnavailable */
  async begin(request: FastifyRequest, reply: FastifyReply): Promise<string> {
    const { url, kept } = await this.directory.begin(this.goingTo.kept(request));
    const browser = await reached(this.underWay.keep(kept, this.cookies.read(request, 'signingIn')));
    this.cookies.set(reply, 'signingIn', browser);
    return url;
  }

  /** Starts a session for the reader who comes back. @returns where they go. @throws DirectoryUnavailable, AuditUnavailable */
  async comeBack(request: FastifyRequest, reply: FastifyReply): Promise<{ goingTo: string } | { refused: WhyRefused }> {
    const search = new URLSearchParams(request.url.split('?')[1] ?? '');
    const browser = this.cookies.read(request, 'signingIn');
    const kept = browser === null ? null : await reached(this.underWay.take(search.get('state') ?? '', browser));
    if (kept === null) return this.refuse(request, 'over', null);
    const claims = await this.directory.claimsOf(search, kept).catch((error: unknown) => {
      if (!(error instanceof NotProved)) throw error;
      this.logger.warn(error);
      return error.why;
    });
    if (typeof claims === 'string') return this.refuse(request, claims, null);
    const reader = readerFromClaims(claims, this.authority.signIn);
    if ('why' in reader) return this.refuse(request, reader.why, reader.id);
    await this.enter(request, reply, reader);
    return { goingTo: this.goingTo.pathFor(reader, kept.goingTo) ?? homeOf(reader.role) };
  }

  /** A new token, whatever the browser came with: one that was planted there opens nothing. */
  private async enter(request: FastifyRequest, reply: FastifyReply, reader: Reader): Promise<void> {
    await this.record(request, 'signed-in', 'done', reader, { name: reader.name });
    const before = this.cookies.read(request, 'session');
    const replaced = before === null ? null : await reached(this.sessions.end(before));
    if (replaced !== null) await this.record(request, 'session-ended', 'done', replaced, { why: 'signed-in-again' });
    this.cookies.set(reply, 'session', await reached(this.sessions.start(reader)));
    this.goingTo.clear(reply);
  }

  /** Ends the session and clears its cookie, whether or not that can be recorded. @returns where to go on: at the directory as well, or not */
  async leave(request: FastifyRequest, reply: FastifyReply): Promise<'/sign-out' | '/signed-out'> {
    const token = this.cookies.read(request, 'session');
    const next = this.forget(reply);
    const reader = token === null ? null : await reached(this.sessions.end(token));
    if (reader !== null) await this.record(request, 'signed-out', 'done', reader);
    return next;
  }

  /** Ends every session of this reader, on whatever device. */
  async leaveEverywhere(request: FastifyRequest, reply: FastifyReply, reader: Reader): Promise<'/sign-out' | '/signed-out'> {
    const sessions = (await reached(this.sessions.of(reader.id))).length;
    await this.record(request, 'signed-out', 'done', reader, { everywhere: true, sessions });
    await reached(revoke(this.pool, reader.id));
    return this.forget(reply);
  }

  private async forget(reply: FastifyReply): Promise<'/sign-out' | '/signed-out'> {
    this.cookies.clear(reply, 'session');
    this.goingTo.clear(reply);
    return (await this.directory.leavingAddress()) === null ? '/signed-out' : '/sign-out';
  }

  /** The session of this browser, without using it; null where it has none that goes on. */
  async sessionOf(request: FastifyRequest): Promise<Session | null> {
    const token = this.cookies.read(request, 'session');
    return token === null ? null : reached(this.sessions.find(token));
  }

  sessionsOf({ id }: Reader): Promise<Pick<Session, 'id' | 'startedAt' | 'seenAt'>[]> {
    return reached(this.sessions.of(id));
  }

  leavingAddress(): Promise<string | null> {
    return this.directory.leavingAddress();
  }

  private async refuse(request: FastifyRequest, why: WhyRefused, id: string | null): Promise<{ refused: WhyRefused }> {
    await this.record(request, 'sign-in-refused', 'denied', id === null ? null : { id }, { why });
    return { refused: why };
  }

  private record(
    request: FastifyRequest,
    action: AuditEntry['action'],
    outcome: AuditEntry['outcome'],
    who: Partial<Reader> | null,
    shown?: AuditEntry['shown'],
  ): Promise<void> {
    const { id: reader, role, team } = who ?? {};
    return reached(this.audit.record([{ at: Date.now(), action, outcome, requestId: request.id, reader, role, team, shown }]));
  }
}

/** Sessions and audit stand in one database: without it nothing may be shown. */
async function reached<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new AuditUnavailable(error);
  }
}
