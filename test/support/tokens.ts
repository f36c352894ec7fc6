import { clientCredentials, type TokenSource } from '#lib/publisher';
import { MACHINES } from '../../deploy/local/environment.js';
import { testSecretOf } from '../../deploy/local/test-directory.js';
import { stack } from './stack.js';

const sources = new Map<string, TokenSource>();

/** Gives tokens of the directory to a machine: a source, or `case-management`, which may ask questions. Each is asked for once and again when it is over. */
export function tokensOf(client: string): TokenSource {
  const known = sources.get(client);
  if (known) return known;
  const made: TokenSource = async (o) => {
    const { issuerUrl: issuer } = await stack();
    const real = clientCredentials({ issuer, client, secret: testSecretOf(client), scope: MACHINES[client] ?? '' });
    sources.set(client, real);
    return real(o);
  };
  sources.set(client, made);
  return made;
}

/** An access token a machine has now. */
export const tokenOf = (client: string): Promise<string> => tokensOf(client)();

/** The case management system says why somebody is looked at, so that it may ask about them. @param query where the query service is */
export async function sayWhyAsMachine(query: string, person: string): Promise<void> {
  const headers = { ...(await asMachine()), 'content-type': 'application/json' };
  const body = JSON.stringify({ purpose: 'duty-or-out-of-hours', reference: 'none-yet' });
  const { status } = await fetch(`${query}/v1/people/${person}/reasons`, { method: 'POST', headers, body });
  if (status !== 201) throw new Error(`a reason was answered ${status}`);
}

/** The header with which the case management system asks questions. */
export const asMachine = async (): Promise<{ authorization: string }> => ({ authorization: `Bearer ${await tokenOf('case-management')}` });
