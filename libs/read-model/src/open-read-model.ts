import type { Duplex } from 'node:stream';
import { Pool, type PoolClient, type PoolConfig, types } from 'pg';

export type ReadModelPool = Pool;

/**
 * A writer's rows and offset vanish together in a crash and are read again, so it need not wait for the disk. One that hangs in the middle of
 * a transaction (a stopped process, a lost network) loses its locks, so that its successor gets on.
 */
const FOR_WRITING = '-c synchronous_commit=off -c idle_in_transaction_session_timeout=20s -c lock_timeout=10s';

/**
 * A reader's questions all go by an index. A statement prepared while the tables were still empty keeps its plan, which reads them whole, until
 * statistics are taken anew: after a first load that was ten times the time of a person's page.
 */
const FOR_READING = '-c enable_seqscan=off -c jit=off';

/** A question is short: compiling a plan would take longer than running it, and planning again for every person too. */
const FOR_QUESTIONS = `${FOR_READING} -c plan_cache_mode=force_generic_plan -c statement_timeout=5s`;

/**
 * Opens a pool on the read model. int8 comes back as number: offsets, positions and milliseconds are all safe integers.
 * @param o.max connections at most (default 10).
 * @param o.forWriting for the projector: commits don't wait for the disk, locks are given up after 10 s. Never for audit.
 * @param o.forQuestions for readers: plans are made once, a statement ends after 5 s, and statements are pipelined, those of one go in one write.
 * @param o.pipeline sends a statement without waiting for the answer to the one before it on the same connection.
 * @param o.answerWithin milliseconds after which a statement is given up and, where statements are pipelined, its connection too: a network that
 * forgot a connection tells nobody. Longer than locks are waited for; absent: waits as long as the system does, a quarter of an hour.
 * @param o.onIdleError told when an idle connection breaks (the pool replaces it).
 */
export function openReadModel(
  url: string,
  o: {
    max?: number;
    forWriting?: boolean;
    forQuestions?: boolean;
    pipeline?: boolean;
    answerWithin?: number;
    onIdleError?: (error: Error) => void;
  } = {},
): ReadModelPool {
  const options: PoolConfig & { pipeline: boolean } = {
    pipeline: o.pipeline ?? o.forQuestions ?? false,
    connectionString: url,
    max: o.max ?? 10,
    application_name: 'read-model',
    connectionTimeoutMillis: 5_000,
    // While an answer is waited for, whoever is gone is missed within twenty seconds.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    query_timeout: o.answerWithin,
    types: { getTypeParser: (oid, format) => (oid === types.builtins.INT8 ? Number : types.getTypeParser(oid, format)) },
    options: o.forWriting ? FOR_WRITING : o.forQuestions ? FOR_QUESTIONS : FOR_READING,
  };
  const pool = new Pool(options);
  // Without a listener, a database restart would end the process: the pool hears of idle connections, each one in use only for itself.
  pool.on('error', (error) => o.onIdleError?.(error));
  pool.on('connect', (client) => client.on('error', () => undefined));
  if (o.forQuestions) pool.on('connect', writeTogether);
  return pool;
}

/** Every write is a call to the system, the dearest thing a reader's process does: what is said before anything is waited for leaves in one. */
function writeTogether(client: PoolClient): void {
  const { stream } = (client as unknown as { connection: { stream: Duplex } }).connection;
  const uncork = stream.uncork.bind(stream);
  stream.uncork = () => process.nextTick(uncork);
}
