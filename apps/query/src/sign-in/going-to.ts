import { createHmac, hkdfSync } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Cookies } from './cookies.js';
import { localPath, pageBefore } from './local-path.js';
import type { Reader } from './reader.js';

/** Tells one reader from another, and nobody who: what a browser may hold once the session is gone. */
export class ReaderMarks {
  private readonly key: Buffer;

  constructor(secret: string) {
    this.key = Buffer.from(hkdfSync('sha256', secret, '', 'marks of readers', 32));
  }

  of({ id }: Pick<Reader, 'id'>): string {
    return createHmac('sha256', this.key).update(id).digest('base64url');
  }
}

/** The mark in a session's token; a token from before there were marks is nobody's. */
const markIn = (token: string): string => token.split('.')[1] ?? '';

/** Where a reader is led after signing in. Where a session had ended, its reader's mark is kept with the page: nobody else is led to what they were at. */
@Injectable()
export class GoingTo {
  constructor(
    private readonly cookies: Cookies,
    private readonly marks: ReaderMarks,
  ) {}

  /** @param path a page of ours */
  keep(request: FastifyRequest, reply: FastifyReply, path: string): void {
    const whose = this.whoseEnded(request);
    this.cookies.set(reply, 'goingTo', whose === null ? path : `${path} ${whose}`);
  }

  /** The page, and the mark where there is one; empty where nothing is kept. */
  kept(request: FastifyRequest): string {
    return this.cookies.read(request, 'goingTo') ?? '';
  }

  /** @param kept as it was when signing in began @returns null where nothing was kept, or another's */
  pathFor(reader: Reader, kept: string): string | null {
    const [path = '', whose] = kept.split(' ');
    return whose === undefined || whose === this.marks.of(reader) ? localPath(path) : null;
  }

  clear(reply: FastifyReply): void {
    this.cookies.clear(reply, 'goingTo');
  }

  private whoseEnded(request: FastifyRequest): string | null {
    const token = this.cookies.read(request, 'session');
    if (token !== null) return markIn(token);
    // The end has been told, and the cookie cleared with it; a page of that reader's may still be open in the next window.
    const fromOurs = pageBefore(request.headers.referer, request.headers.host) !== null;
    return (fromOurs ? this.kept(request).split(' ')[1] : undefined) ?? null;
  }
}
