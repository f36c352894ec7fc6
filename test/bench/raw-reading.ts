import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { openReadModel } from '#lib/read-model';
import { asMachine } from '../support/tokens.js';
import { startQuery } from '../../apps/query/src/start.js';
import type { Load } from './load.js';
import { percentilesOf } from './percentiles.js';

/** A statement as the query service sent it, over which connection, and whether to the audit store. */
interface Said {
  connection: unknown;
  audit: boolean;
  statement: string | pg.QueryConfig;
  values: unknown[] | undefined;
}

const CONNECTIONS = 20;
/** As many as the query service opens on each store. */
const POOL = 10;

/** The very statements of each request (those on sessions and kept searches apart), taken down while the query service answers it once in this process. */
export async function takeDown(env: Record<string, string>, paths: readonly string[]): Promise<Said[][]> {
  const query = await startQuery({ ...env, HTTP_PORT: '0' });
  const recorder = record(databaseOf(env.AUDIT_URL!), databaseOf(env.READ_MODEL_URL!));
  try {
    const taken: Said[][] = [];
    for (const path of paths) {
      recorder.said = [];
      const response = await fetch(`${query.url}${path}`, { headers: await asMachine() });
      if (!response.ok) throw new Error(`${response.status} while taking statements down`);
      taken.push(ofRequest(recorder.said));
    }
    return taken;
  } finally {
    recorder.end();
    await query.stop();
  }
}

/** What the service does meanwhile for itself is let go, as are sessions: a request reads over connections on which it looks at one generation. */
function ofRequest(said: readonly Said[]): Said[] {
  const audited = said.filter(({ audit, statement }) => audit && textOf(statement).includes('INSERT INTO audit.entry'));
  const byConnection = [...Map.groupBy(said, ({ audit, connection }) => (audit ? null : connection))];
  const read = byConnection.flatMap(([connection, over]) =>
    connection !== null && over.some(({ statement }) => textOf(statement).includes(`set_config('search_path'`)) ? over : [],
  );
  return [...read.filter(({ statement }) => !textOf(statement).includes('session.')), ...audited];
}

/** `pg` writes the text of each value over the value. */
const copyOf = (statement: Said['statement']): Said['statement'] =>
  typeof statement === 'string' ? statement : { ...statement, ...(statement.values && { values: [...(statement.values as unknown[])] }) };

const textOf = (statement: Said['statement']): string => (typeof statement === 'string' ? statement : statement.text);

const databaseOf = (url: string): string => new URL(url).pathname.slice(1);

/** Those of other databases (sessions) are let go. */
function record(auditDatabase: string, readModel: string): { said: Said[]; end(): void } {
  const client = pg.Client.prototype as { query: (...args: unknown[]) => unknown };
  const original = client.query;
  const recorder = { said: [] as Said[], end: () => void (client.query = original) };
  client.query = function (this: { database?: string }, ...args: unknown[]) {
    const [statement, values] = args as [Said['statement'], unknown[] | undefined];
    const { database } = this;
    if (database === auditDatabase || database === readModel)
      recorder.said.push({
        connection: this,
        audit: database === auditDatabase,
        statement: copyOf(statement),
        values: Array.isArray(values) ? [...values] : undefined,
      });
    return original.apply(this, args);
  };
  return recorder;
}

/** The same statements and the same durable insert by pg alone: no HTTP, no framework, nothing made of the rows. */
export async function readRaw(env: Record<string, string>, seconds: number, requests: readonly Said[][]): Promise<Load> {
  const reads = openReadModel(env.READ_MODEL_URL!, { max: POOL, forQuestions: true });
  const audit = new pg.Pool({ connectionString: env.AUDIT_URL!, max: POOL });
  const milliseconds: number[] = [];
  let next = 0;
  const from = performance.now();
  const reader = async (): Promise<void> => {
    while (performance.now() - from < seconds * 1000) {
      const startedAt = performance.now();
      const said = requests[next++ % requests.length]!;
      const client = await reads.connect();
      try {
        for (const { statement, values } of said.filter((one) => !one.audit))
          await client.query(copyOf(statement) as string, values && [...values]);
      } finally {
        client.release();
      }
      for (const { statement } of said.filter((one) => one.audit)) await audit.query(withNewIds(statement));
      milliseconds.push(performance.now() - startedAt);
    }
  };
  try {
    await Promise.all(Array.from({ length: CONNECTIONS }, reader));
  } finally {
    await Promise.all([reads.end(), audit.end()]);
  }
  return { ...percentilesOf(milliseconds), perSecond: milliseconds.length / seconds };
}

/** An audit record's id is its first column, and used once. */
function withNewIds(statement: Said['statement']): pg.QueryConfig {
  if (typeof statement === 'string' || !statement.values) throw new Error('the audit record is not written as expected');
  const [ids, ...others] = statement.values as [string[], ...unknown[]];
  return { ...statement, values: [ids.map(() => randomUUID()), ...others] };
}
