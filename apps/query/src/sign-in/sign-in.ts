import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type AuditEntry, AuditLog } from '#lib/audit';
import { AuditUnavailable } from '../errors.js';
import { PRODUCTION } from '../providers.js';
import { DEVELOPMENT_READERS, DevelopmentReaders } from './development-readers.js';
import { IDENTITY_PROVIDER, type IdentityProvider } from './identity-provider.js';
import type { Reader } from './reader.js';
import { clearSessionToken, sessionTokenOf, setSessionToken } from './session-cookie.js';
import { Sessions } from './sessions.js';

/** Signing in and out, each audited. */
@Injectable()
export class SignIn {
  constructor(
    @Inject(IDENTITY_PROVIDER) private readonly provider: IdentityProvider,
    private readonly sessions: Sessions,
    private readonly audit: AuditLog,
    @Inject(PRODUCTION) private readonly production: boolean,
  ) {}

  /** Readers offered by the development form; empty with a real directory. */
  get offered(): readonly Reader[] {
    return this.provider instanceof DevelopmentReaders ? DEVELOPMENT_READERS : [];
  }

  /** Starts a session from the fields that came back from the identity provider and sets its cookie. Null: refused. Throws `AuditUnavailable`. */
  async enter(request: FastifyRequest, reply: FastifyReply, returned: Record<string, string>): Promise<Reader | null> {
    const reader = await this.provider.readerFrom(returned);
    await this.record(request, reader, reader === null ? 'sign-in-refused' : 'signed-in');
    if (reader === null) return null;
    setSessionToken(reply, await this.reached(this.sessions.start(reader)), this.production);
    return reader;
  }

  /** Ends the session and clears its cookie, whether or not that can be recorded. */
  async leave(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const token = sessionTokenOf(request);
    clearSessionToken(reply, this.production);
    if (token === null) return;
    const reader = await this.reached(this.sessions.readerOf(token));
    await this.reached(this.sessions.end(token));
    if (reader !== null) await this.record(request, reader, 'signed-out');
  }

  private record(request: FastifyRequest, reader: Reader | null, action: AuditEntry['action']): Promise<void> {
    const outcome = reader === null ? 'denied' : 'done';
    const who = { reader: reader?.id, role: reader?.role, team: reader?.team };
    return this.reached(this.audit.record([{ at: Date.now(), action, outcome, requestId: request.id, ...who }]));
  }

  private async reached<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      throw new AuditUnavailable(error);
    }
  }
}
