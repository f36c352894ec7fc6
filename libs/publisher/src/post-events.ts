import type { PublishAnswer } from '#lib/events';
import { PublishFailedError, PublishRefusedError } from './errors.js';
import type { PublisherOptions } from './http-publisher.js';
import { NotNow, patiently } from './patiently.js';

const ATTEMPT_MS = 60_000;

/** One request, sent until it is answered. */
export function postEvents(o: PublisherOptions, body: string, dryRun: boolean): Promise<PublishAnswer> {
  return patiently(o, () => withToken(o, (token) => attemptPost(o, token, body, dryRun)));
}

/** A token that is not believed any more, for whatever reason, is asked for again, once. */
async function withToken(
  o: PublisherOptions,
  post: (token: string) => Promise<PublishAnswer | NotNow>,
  renew = false,
): Promise<PublishAnswer | NotNow> {
  try {
    return await post(await o.token({ renew }));
  } catch (error) {
    if (error instanceof PublishFailedError) return new NotNow(error.message.replace(/\.$/, ''));
    if (renew || !(error instanceof PublishRefusedError) || error.code !== 'not-signed-in') throw error;
    return withToken(o, post, true);
  }
}

async function attemptPost(o: PublisherOptions, token: string, body: string, dryRun: boolean): Promise<PublishAnswer | NotNow> {
  const address = `${o.url.replace(/\/+$/, '')}/v1/sources/${encodeURIComponent(o.source)}/events${dryRun ? '?dryRun=true' : ''}`;
  let response: Response;
  let text: string;
  try {
    response = await (o.fetch ?? fetch)(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body,
      signal: AbortSignal.timeout(ATTEMPT_MS),
      redirect: 'error',
    });
    text = await response.text();
  } catch (error) {
    return new NotNow(`no answer from ${o.url} (${reasonOf(error)})`);
  }
  if (response.status === 200) return JSON.parse(text) as PublishAnswer;
  if ([429, 502, 503, 504].includes(response.status)) {
    const seconds = Number(response.headers.get('retry-after') ?? 0);
    return new NotNow(`the index answered ${response.status}`, Number.isFinite(seconds) ? Math.min(seconds, 30) * 1000 : 0);
  }
  throw refusedBy(response.status, text);
}

/** Node's fetch says "fetch failed" and keeps the reason in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const cause = error.cause;
  return cause instanceof Error ? ((cause as NodeJS.ErrnoException).code ?? cause.message) : error.message;
}

function refusedBy(status: number, text: string): PublishRefusedError {
  let problem: { type?: string; title?: string; detail?: string } = {};
  try {
    problem = JSON.parse(text) as typeof problem;
  } catch {
    // not our ingest: the status has to do
  }
  const code = problem.type?.split(':').at(-1) ?? `status-${status}`;
  const words = [problem.title, problem.detail].filter(Boolean).join(' ') || 'The answer is not from an Involvement Index.';
  return new PublishRefusedError(status, code, `${status}: ${words}`);
}
