import type { Problem } from '#lib/events';

/** A request refused as a whole, answered as `application/problem+json` (RFC 9457). `detail` never quotes what was sent. */
export class RequestProblem extends Error {
  constructor(
    readonly status: number,
    /** Ends the problem's `type`, and is stable. */
    readonly code: string,
    readonly title: string,
    readonly detail: string,
    readonly more: { headers?: Record<string, string>; problems?: Problem[] } = {},
  ) {
    super(`${code}: ${title}`);
    this.name = 'RequestProblem';
  }
}
