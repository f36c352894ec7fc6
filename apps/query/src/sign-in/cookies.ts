import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PRODUCTION } from '../providers.js';

const AN_HOUR = 60 * 60;
/** How long a reader may take at the directory. */
export const SIGNING_IN_SECONDS = 10 * 60;

interface Kind {
  name: string;
  path: string;
  /** Seconds; left out, it ends with the browser. */
  maxAge?: number;
}

/** The three cookies there are: signed, not readable by scripts, not sent along from other sites; only over TLS in production. */
@Injectable()
export class Cookies {
  private readonly kinds: Record<'session' | 'signingIn' | 'goingTo', Kind>;

  constructor(@Inject(PRODUCTION) private readonly production: boolean) {
    // Browsers take a cookie with this prefix only over TLS, from this host and for all of it: no other host can plant one.
    const prefix = production ? '__Host-' : '';
    this.kinds = {
      session: { name: `${prefix}session`, path: '/' },
      signingIn: { name: 'signing-in', path: '/sign-in', maxAge: SIGNING_IN_SECONDS },
      goingTo: { name: `${prefix}going-to`, path: '/', maxAge: AN_HOUR },
    };
  }

  /** What it holds, or null where there is none or its signature is wrong. */
  read(request: FastifyRequest, kind: keyof Cookies['kinds']): string | null {
    const cookie = request.cookies[this.kinds[kind].name];
    const read = cookie === undefined ? undefined : request.unsignCookie(cookie);
    // What was signed for one of them is none of the others.
    return read?.valid && read.value.startsWith(`${kind} `) ? read.value.slice(kind.length + 1) : null;
  }

  set(reply: FastifyReply, kind: keyof Cookies['kinds'], value: string): void {
    const { name, path, maxAge } = this.kinds[kind];
    reply.setCookie(name, `${kind} ${value}`, { path, maxAge, httpOnly: true, sameSite: 'lax', signed: true, secure: this.production });
  }

  clear(reply: FastifyReply, kind: keyof Cookies['kinds']): void {
    const { name, path } = this.kinds[kind];
    reply.clearCookie(name, { path, httpOnly: true, sameSite: 'lax', secure: this.production });
  }
}
