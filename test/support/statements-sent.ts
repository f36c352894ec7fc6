import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import pg from 'pg';

/** What is sent for requests that arrive while something is done. What a clock of the process sends meanwhile is nobody's request. */
const ofRequest = new AsyncLocalStorage<string[] | undefined>();
let counted: string[] | undefined;
subscribe('http.server.request.start', () => ofRequest.enterWith(counted));

/** The texts of all statements that this process sends to a database for requests made while something is done, in their order. Values are left out. */
export async function statementsSent(url: string, act: () => Promise<unknown>): Promise<string[]> {
  const database = new URL(url).pathname.slice(1);
  const client = pg.Client.prototype as { query: (...args: unknown[]) => unknown };
  const original = client.query;
  const sent: string[] = [];
  client.query = function (this: { database?: string }, ...args: unknown[]) {
    const [statement] = args as [string | pg.QueryConfig];
    if (this.database === database) ofRequest.getStore()?.push(typeof statement === 'string' ? statement : statement.text);
    return original.apply(this, args);
  };
  counted = sent;
  try {
    await act();
  } finally {
    counted = undefined;
    client.query = original;
  }
  if (sent.length === 0) throw new Error('no request sent a statement: nothing was compared');
  return sent;
}
