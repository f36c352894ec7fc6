import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { topicsOf } from '#lib/events';
import { brokersOf, connectKafka, logEnds, LogProducer, readRange } from '#lib/kafka';
import { liveGeneration, type ReadModelPool } from '#lib/read-model';
import { createLogger, readSettings, settings } from '#lib/runtime';
import { opsEnvironment } from './environment.js';
import { NotDoneError, WrongUseError } from './errors.js';

/** A record that something is done to, by its token, and the person whose page shows it. */
export interface Rehearsed {
  subject: string;
  person: string;
}

/** How long processes may still use a key that is gone from the key store, and then fold an event, milliseconds. */
const KEYS_ARE_KEPT = 60_000;
const LOOK_EVERY = 2_000;

/** @throws WrongUseError in production: what is done here is a fault, made on purpose */
export function refuseInProduction(): void {
  if (opsEnvironment().NODE_ENV === 'production') throw new WrongUseError('Faults are rehearsed on a test system, never in production.');
}

/** Any record that belongs to a person. @throws NotDoneError where there is none */
export async function anyRecord(pool: ReadModelPool): Promise<Rehearsed> {
  const { schema } = await liveGeneration(pool);
  const { rows } = await pool.query<Rehearsed>(
    `SELECT subject, person FROM ${schema}.record_person JOIN ${schema}.record USING (subject)
     WHERE present AND NOT EXISTS (SELECT FROM ${schema}.parked WHERE parked.subject = record.subject) ORDER BY random() LIMIT 1`,
  );
  if (!rows[0]) throw new NotDoneError('There is no record of any person yet: publish something first.');
  return rows[0];
}

/** Puts bytes that no schema fits on the log, as if they came from a record. */
export async function publishNoise({ subject }: Rehearsed): Promise<void> {
  await publish([{ key: subject, value: randomBytes(40) }]);
}

/** Takes a record's data key out of the key store and publishes its last event again, until that is parked: a copy changes nothing. */
export async function loseKey(pool: ReadModelPool, { subject }: Rehearsed): Promise<void> {
  const event = await lastEventOf(subject);
  await inKeyStore(async (client) => {
    await client.query('CREATE TABLE IF NOT EXISTS rehearsed_key (LIKE data_key INCLUDING ALL)');
    await client.query('WITH gone AS (DELETE FROM data_key WHERE subject = $1 RETURNING *) INSERT INTO rehearsed_key SELECT * FROM gone', [
      subject,
    ]);
  });
  const until = Date.now() + KEYS_ARE_KEPT * 1.5;
  while (!(await isParked(pool, subject))) {
    if (Date.now() > until) throw new NotDoneError('The copy was not parked. Is a projector running? Put the key back with --give-back.');
    await publish([{ key: subject, value: event }]);
    await pause(LOOK_EVERY);
  }
}

/** Puts every key back that was taken out. @returns how many */
export async function giveKeysBack(): Promise<number> {
  return inKeyStore(async (client) => {
    const { rows } = await client.query<{ there: boolean }>(`SELECT to_regclass('rehearsed_key') IS NOT NULL AS there`);
    if (!rows[0]!.there) return 0;
    const { rowCount } = await client.query('WITH back AS (DELETE FROM rehearsed_key RETURNING *) INSERT INTO data_key SELECT * FROM back');
    return rowCount ?? 0;
  });
}

async function isParked(pool: ReadModelPool, subject: string): Promise<boolean> {
  const { schema } = await liveGeneration(pool);
  return (await pool.query(`SELECT FROM ${schema}.parked WHERE subject = $1`, [subject])).rows.length > 0;
}

const log = () => {
  const read = readSettings({ ...settings.kafka, topicPrefix: settings.topicPrefix }, opsEnvironment());
  const topics = topicsOf(read.topicPrefix);
  return {
    kafka: connectKafka({ ...brokersOf(read), clientId: 'ops-rehearse', retries: 2 }),
    topic: topics.involvementLog,
    groups: topics.rehearsalGroups,
  };
};

async function publish(messages: { key: string; value: Buffer }[]): Promise<void> {
  const { kafka, topic } = log();
  const producer = await LogProducer.open(kafka);
  try {
    await producer.send(topic, messages);
  } finally {
    await producer.close();
  }
}

async function lastEventOf(subject: string): Promise<Buffer> {
  const { kafka, topic, groups } = log();
  let last: Buffer | null = null;
  await readRange({
    kafka,
    groupPrefix: groups,
    ranges: (await logEnds(kafka, topic)).map(({ partition, offset }) => ({ topic, partition, from: 0, to: offset })),
    apply: async ({ messages }) => {
      last = messages.findLast(({ key }) => key === subject)?.value ?? last;
    },
    signal: new AbortController().signal,
    logger: createLogger('ops', 'error'),
  });
  if (!last) throw new NotDoneError('The log holds no event of this record.');
  return last;
}

async function inKeyStore<Result>(work: (client: Client) => Promise<Result>): Promise<Result> {
  const { keyStoreUrl } = readSettings({ keyStoreUrl: settings.keyStoreUrl }, opsEnvironment());
  const client = new Client({ connectionString: keyStoreUrl });
  await client.connect();
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } finally {
    await client.end();
  }
}
