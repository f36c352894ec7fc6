import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Reader } from './reader.js';

/** Signing in and out, each audited before it takes effect. */
@Injectable()
export class SignIn {
  /** Readers offered by the development form; empty with a real directory. */
  get offered(): readonly Reader[] {
    return [];
  }

  /** Starts a session from the fields that came back from the identity provider and sets its cookie. Null: refused. Throws `AuditUnavailable`. */
  enter(_request: FastifyRequest, _reply: FastifyReply, _returned: Record<string, string>): Promise<Reader | null> {
    throw new Error('not built yet');
  }

  /** Ends the session and clears its cookie. */
  leave(_request: FastifyRequest, _reply: FastifyReply): Promise<void> {
    throw new Error('not built yet');
  }
}
