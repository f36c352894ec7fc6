import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { fetchMissing, startConnect } from '../../../deploy/connect/start-connect.js';
import type { Table } from '#lib/read-model';
import { newFamily } from '../../../deploy/local/child.js';
import { freePorts } from '../../../deploy/local/ports.js';
import { freshDatabase } from '../../support/fresh.js';
import { cpuSeconds } from '../cpu-seconds.js';
import { peakMemory } from '../peak-memory.js';
import { type Result, whole } from '../result.js';
import { tunedSink } from './connector.js';
import { type FilledTopics, fillTopics } from './fill-topics.js';
import { endOf, FACT_TABLES, plainTableStatements } from './plain-table.js';

const SINK = { pom: join('test', 'bench', 'sink', 'pom.xml'), called: 'the sink that is compared with' };
const LOOK_EVERY_MS = 50;
const LOOKS_BETWEEN_CHECKS = 20;

/**
 * (f) The same facts through the Debezium JDBC sink into the same PostgreSQL, with one task and with two. It does less: rows come whole and
 * unsealed, nothing is folded, compared by version, or fenced by a checkpoint.
 */
export async function measureSink(env: Record<string, string>): Promise<{ results: Result[]; perSecond: number[] }> {
  const filled = await fillTopics(env);
  const results: Result[] = [];
  for (const tasks of [1, 2]) results.push(await withTasks(env, filled, tasks));
  return { results, perSecond: results.map(({ numbers }) => numbers.perSecond!) };
}

async function withTasks(env: Record<string, string>, { rows, partitions }: FilledTopics, tasks: number): Promise<Result> {
  const url = await freshDatabase(`sink-${tasks}`);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const statement of FACT_TABLES.flatMap(plainTableStatements)) await client.query(statement);
  await client.query('CHECKPOINT');
  const folder = join('.cache', `bench-connect-${process.pid}-${tasks}`);
  const [port] = await freePorts(1);
  const name = `sink-${tasks}`;
  const family = newFamily(folder);
  const connect = await startConnect(
    {
      folder,
      kafkaBrokers: env.KAFKA_BROKERS!,
      port: port!,
      plugins: join(await fetchMissing(SINK, console.log), 'sinks'),
      ...tunedSink(name, url, tasks),
      family,
    },
    console.log,
  );
  try {
    const seconds = await secondsOf(client, () => checkTasks(`http://127.0.0.1:${port}/connectors/${name}/status`), partitions);
    const cpuMicrosecondsPerEvent = ((cpuSeconds(connect.pid) ?? Number.NaN) / rows) * 1e6;
    const peak = peakMemory(connect.pid) / 1e6;
    const perSecond = rows / seconds;
    return {
      measure: 'f',
      what: `Debezium JDBC sink, ${tasks === 1 ? 'one task' : `${tasks} tasks`}, ${whole(rows)} plain rows waiting`,
      result: `${whole(perSecond)} events/s, a row each (${whole(cpuMicrosecondsPerEvent)} µs of a core an event; peak ${whole(peak)} MB)`,
      target: '',
      numbers: { perSecond, rows, tasks, peakMegabytes: peak, cpuMicrosecondsPerEvent },
    };
  } finally {
    await connect.stop();
    await client.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** From the last look that found no row to the one that finds every partition's end. */
async function secondsOf(client: pg.Client, tasksRun: () => Promise<void>, partitions: number): Promise<number> {
  const begun = FACT_TABLES.map(({ name }) => `EXISTS (SELECT FROM ${name})`).join(' OR ');
  const ended = FACT_TABLES.flatMap((table) =>
    Array.from({ length: partitions }, (_, partition) => `EXISTS (${rowThatEnds(table, partition)})`),
  );
  let from = performance.now();
  for (let look = 1; ; look += 1) {
    const { rows } = await client.query<{ begun: boolean; ended: boolean }>(`SELECT ${begun} AS begun, ${ended.join(' AND ')} AS ended`);
    if (rows[0]!.ended) return (performance.now() - from) / 1000;
    if (!rows[0]!.begun) from = performance.now();
    if (look % LOOKS_BETWEEN_CHECKS === 0) await tasksRun();
    await wait(LOOK_EVERY_MS);
  }
}

function rowThatEnds(table: Table, partition: number): string {
  const key = Object.entries(endOf(table, partition)).map(([name, value]) => `${name} = '${value}'`);
  return `SELECT FROM ${table.name} WHERE ${key.join(' AND ')}`;
}

/** A task that fails leaves Connect running. */
async function checkTasks(url: string): Promise<void> {
  const { tasks } = (await (await fetch(url)).json()) as { tasks: { state: string; trace?: string }[] };
  const failed = tasks.find(({ state }) => state === 'FAILED');
  if (failed) throw new Error(`the sink failed: ${failed.trace?.slice(0, 2000)}`);
}
