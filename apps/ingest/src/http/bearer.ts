import { createHash, timingSafeEqual } from 'node:crypto';
import { RequestProblem } from './request-problem.js';

/** Which source holds which token, by the tokens' digests. */
export class BearerTokens {
  private readonly digests: { source: string; digest: Buffer }[];

  /** @param sha256 source name → SHA-256 (hex) of its token. */
  constructor(sha256: Record<string, string>) {
    this.digests = Object.entries(sha256).map(([source, hex]) => ({ source, digest: Buffer.from(hex, 'hex') }));
  }

  /**
   * Lets a source speak for itself alone.
   * @param source the name in the address.
   * @throws RequestProblem 401 without a known token; 403 with the token of another source, whether or not the one named exists.
   */
  check(source: string, authorization: string | undefined): void {
    const holder = this.holderOf(authorization);
    if (holder === undefined)
      throw new RequestProblem(401, 'not-signed-in', 'No valid token.', 'Send the bearer token of the source in the address.', {
        headers: { 'www-authenticate': 'Bearer realm="ingest"' },
      });
    if (holder !== source)
      throw new RequestProblem(403, 'not-your-source', 'This token is for another source.', 'A source can speak for itself alone.');
  }

  private holderOf(authorization: string | undefined): string | undefined {
    const token = /^bearer +([\x21-\x7e]{1,512})$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) return undefined;
    const presented = createHash('sha256').update(token).digest();
    let holder: string | undefined;
    // every digest is compared, and each in constant time: neither the time nor the order tells which source came close
    for (const { source, digest } of this.digests) if (timingSafeEqual(presented, digest)) holder = source;
    return holder;
  }
}
