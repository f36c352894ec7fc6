import pg from 'pg';

/** The texts of all statements that this process sends to a database while something is done, in their order. Values are left out. */
export async function statementsSent(url: string, act: () => Promise<unknown>): Promise<string[]> {
  const database = new URL(url).pathname.slice(1);
  const client = pg.Client.prototype as { query: (...args: unknown[]) => unknown };
  const original = client.query;
  const sent: string[] = [];
  client.query = function (this: { database?: string }, ...args: unknown[]) {
    const [statement] = args as [string | pg.QueryConfig];
    if (this.database === database) sent.push(typeof statement === 'string' ? statement : statement.text);
    return original.apply(this, args);
  };
  try {
    await act();
    return sent;
  } finally {
    client.query = original;
  }
}
