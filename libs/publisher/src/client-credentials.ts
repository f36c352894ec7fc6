import { PublishFailedError, PublishRefusedError } from './errors.js';

/** Gives the bearer token to send along. `renew`: the last one was not believed. */
export type TokenSource = (o?: { renew: boolean }) => Promise<string>;

export interface ClientCredentialsOptions {
  /** Address of the directory that gives out tokens. */
  issuer: string;
  /** The source at the directory, and its secret. */
  client: string;
  secret: string;
  /** What the token is for, such as `ingest:mosaic`. */
  scope: string;
  fetch?: typeof fetch;
}

const ANSWERS_WITHIN_MS = 15_000;
/** A token is used for so much of its life: what is sent with it may take a while. */
const USED_FOR = 0.75;

/** OAuth 2.0 client credentials: asks the directory for a token when one is needed, and again before it is over. */
export function clientCredentials(o: ClientCredentialsOptions): TokenSource {
  let held: Promise<string> | undefined;
  let until = 0;
  const renewed = async (): Promise<string> => {
    const { token, seconds } = await askFor(o);
    until = Date.now() + seconds * 1000 * USED_FOR;
    return token;
  };
  return async ({ renew } = { renew: false }) => {
    if (held === undefined || renew || Date.now() > until) {
      until = Infinity;
      held = renewed();
      held.catch(() => (held = undefined));
    }
    return held;
  };
}

/** @throws PublishFailedError where nobody answers, PublishRefusedError where the directory refuses this client */
async function askFor({
  issuer,
  client,
  secret,
  scope,
  fetch: ask = fetch,
}: ClientCredentialsOptions): Promise<{ token: string; seconds: number }> {
  const signal = AbortSignal.timeout(ANSWERS_WITHIN_MS);
  let answer: Response;
  let said: { access_token?: unknown; expires_in?: unknown; error?: unknown };
  try {
    const directory = await ask(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, { signal, redirect: 'error' });
    const { token_endpoint: address } = (await directory.json()) as { token_endpoint: string };
    answer = await ask(address, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from([client, secret].map(encodeURIComponent).join(':')).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope }),
      signal,
      redirect: 'error',
    });
    said = (await answer.json()) as typeof said;
  } catch (cause) {
    throw new PublishFailedError(`There is no answer from the directory at ${issuer}.`, { cause });
  }
  if (answer.status >= 500) throw new PublishFailedError(`The directory at ${issuer} answered ${answer.status}.`);
  if (typeof said.access_token !== 'string') {
    const code = typeof said.error === 'string' ? said.error : `status-${answer.status}`;
    throw new PublishRefusedError(answer.status, code, `The directory gives ${client} no token for ${scope} (${code}).`);
  }
  return { token: said.access_token, seconds: typeof said.expires_in === 'number' ? said.expires_in : 60 };
}
