import type { PublishAnswer } from '#lib/events';
import { tokenOf } from './tokens.js';

export interface PostOptions {
  /** Absent: the source's own; null: none. */
  token?: string | null;
  query?: string;
  headers?: Record<string, string>;
}

/** Sends a body to the door as a source does; text and bytes as they are, anything else as JSON. */
export async function postBody(url: string, source: string, body: unknown, o: PostOptions = {}): Promise<Response> {
  const token = o.token === undefined ? await tokenOf(source) : o.token;
  return fetch(`${url}/v1/sources/${source}/events${o.query ?? ''}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token !== null && { authorization: `Bearer ${token}` }), ...o.headers },
    body: typeof body === 'string' || body instanceof Uint8Array ? (body as string) : JSON.stringify(body),
  });
}

/** Publishes events as a source does. @throws Error when the answer is not 200 */
export async function postEvents(url: string, source: string, events: unknown[], o: PostOptions = {}): Promise<PublishAnswer['results']> {
  const response = await postBody(url, source, { events }, o);
  if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
  return ((await response.json()) as PublishAnswer).results;
}
