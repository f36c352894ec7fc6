import type { FastifyReply, FastifyRequest } from 'fastify';

const NAME = 'session';

/** The token of the session's cookie, or null where there is none or its signature is wrong. */
export function sessionTokenOf(request: FastifyRequest): string | null {
  const cookie = request.cookies[NAME];
  const read = cookie === undefined ? undefined : request.unsignCookie(cookie);
  return read?.valid ? read.value : null;
}

/** Signed, not readable by scripts, not sent along from other sites; only over TLS in production. It ends with the browser. */
export function setSessionToken(reply: FastifyReply, token: string, secure: boolean): void {
  reply.setCookie(NAME, token, { path: '/', httpOnly: true, sameSite: 'lax', signed: true, secure });
}

export function clearSessionToken(reply: FastifyReply, secure: boolean): void {
  reply.clearCookie(NAME, { path: '/', httpOnly: true, sameSite: 'lax', secure });
}
