/** Every user of the brokers tries everything. What each may do is written down here once more, by hand. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Child, newFamily } from '../deploy/local/child.js';
import { type KafkaOptions, startKafka } from '../deploy/local/kafka.js';
import { partsFolder } from '../deploy/local/parts.js';
import { freePorts } from '../deploy/local/ports.js';
import { startWatchdog } from '../deploy/local/watchdog.js';
import { findJava } from '../deploy/prerequisites.js';
import { eventually } from './support/eventually.js';
import { topicsOf } from '#lib/events';
import { connectKafka, ensureRights, ensureTopics, type Kafka, rightsOf, topicPlan, userOfSource } from '#lib/kafka';

const SOURCES = ['mosaic', 'synergy'];
const topics = topicsOf();
const rights = rightsOf(topics, SOURCES, { rehearsals: false });
const TOPICS = ['involvement-log', 'identity-log', 'rejections', 'landing.mosaic', 'landing.synergy', 'cdc.mosaic', 'cdc.synergy'];
const MAY: Record<string, { write: string[]; read: string[]; group: string }> = {
  ingest: {
    write: ['involvement-log', 'rejections'],
    read: ['landing.mosaic', 'landing.synergy', 'cdc.mosaic', 'cdc.synergy'],
    group: 'ingest.cdc.mosaic',
  },
  matcher: { write: ['identity-log'], read: ['involvement-log', 'identity-log'], group: 'involvement-log-matcher' },
  projector: { write: [], read: ['involvement-log', 'identity-log'], group: 'projector.read_1' },
  upkeep: { write: [], read: ['involvement-log', 'identity-log', 'rejections'], group: 'projector.request.1' },
  // It asks how far a log goes, as no group.
  ops: { write: [], read: [], group: 'anything' },
  connect: { write: ['cdc.mosaic', 'cdc.synergy'], read: [], group: 'anything' },
  'source.mosaic': { write: ['landing.mosaic'], read: [], group: 'anything' },
  'source.synergy': { write: ['landing.synergy'], read: [], group: 'anything' },
};
const USERS = Object.keys(MAY);

let kafka: KafkaOptions;
let child: Child;
const passwords = Object.fromEntries(['admin', ...USERS].map((name) => [name, `password of ${name.replace('.', ' ')}`]));

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rights-'));
  const family = newFamily(folder);
  startWatchdog(family.running);
  const [port, controllerPort] = (await freePorts(2)) as [number, number];
  const { 'source.synergy': _, ...atFirst } = passwords;
  kafka = {
    dataDir: join(folder, 'kafka'),
    users: { port, passwords: atFirst },
    controllerPort,
    java: findJava(),
    jars: resolve(partsFolder(), 'kafka'),
    family,
  };
  child = await startKafka(kafka);
  await ensureTopics(as('admin'), topicPlan(topics, SOURCES, 1));
  await ensureRights(as('admin'), rights, '');
  // A user that comes later is made at the next start.
  await child.stop();
  kafka.users = { port, passwords };
  child = await startKafka(kafka);
  for (const topic of TOPICS) await write(as('admin'), topic);
  // The first to ask for a group waits until the broker has made its place for groups.
  await eventually('groups being served', async () =>
    read(as('admin'), 'rejections', 'first').then(
      () => true,
      () => false,
    ),
  );
});
afterAll(async () => {
  await child?.stop();
  rmSync(join(kafka.dataDir, '..'), { recursive: true, force: true });
});

const as = (user: string, password = passwords[user]!): Kafka =>
  connectKafka({ brokers: [`127.0.0.1:${kafka.users!.port}`], clientId: 'rights', login: { user, password }, retries: 1 });

async function write(client: Kafka, topic: string): Promise<void> {
  const producer = client.producer({ idempotent: true, retry: { retries: 2 } });
  try {
    await producer.connect();
    await producer.send({ topic, messages: [{ value: 'x' }] });
  } finally {
    await producer.disconnect();
  }
}

/** Until one message is there. */
async function read(client: Kafka, topic: string, groupId: string): Promise<void> {
  const consumer = client.consumer({ groupId, allowAutoTopicCreation: false, retry: { retries: 0, restartOnFailure: async () => false } });
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await new Promise<void>((done, refused) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => refused(payload.error));
      consumer.run({ autoCommit: false, eachMessage: async () => done() }).catch(refused);
    });
  } finally {
    await consumer.disconnect();
  }
}

async function administer(client: Kafka, act: (admin: ReturnType<Kafka['admin']>) => Promise<unknown>): Promise<void> {
  const admin = client.admin({ retry: { retries: 0 } });
  try {
    await admin.connect();
    await act(admin);
  } finally {
    await admin.disconnect();
  }
}

/** kafkajs says of a group one may not read as that it has no coordinator; the same user does find one for the group that is their own. */
const REFUSED = /authoriz|KafkaJSGroupCoordinatorNotFound/i;
const saidIn = (error: unknown): string[] => {
  const { type, errors = [], cause } = error as { type?: string; errors?: unknown[]; cause?: unknown };
  return [String(type), String(error), ...[...errors, ...(cause ? [cause] : [])].flatMap(saidIn)];
};

/** Whether it was done; anything but a refusal for want of a right fails the test. */
async function isLet(attempt: Promise<unknown>): Promise<boolean> {
  try {
    await attempt;
    return true;
  } catch (error) {
    if (saidIn(error).some((said) => REFUSED.test(said))) return false;
    throw error;
  }
}

describe.each(USERS)('As %s', (user) => {
  const { write: writes, read: reads, group } = MAY[user]!;

  it.each(TOPICS)('what was granted is done on %s, and everything else refused', async (topic) => {
    expect([topic, 'write', await isLet(write(as(user), topic))]).toEqual([topic, 'write', writes.includes(topic)]);
    expect([topic, 'read', await isLet(read(as(user), topic, group))]).toEqual([topic, 'read', reads.includes(topic)]);
  });

  it('nothing is read as somebody else’s group, made, removed or granted', async () => {
    const [own = 'involvement-log'] = reads;
    expect(await isLet(read(as(user), own, 'somebody-else'))).toBe(false);
    expect(await isLet(administer(as(user), (admin) => admin.createTopics({ topics: [{ topic: 'landing.new', numPartitions: 1 }] })))).toBe(
      false,
    );
    expect(await isLet(administer(as(user), (admin) => admin.deleteTopics({ topics: [own] })))).toBe(false);
    expect(await isLet(ensureRights(as(user), rights, ''))).toBe(false);
  });
});

it.each(['involvement-log', 'identity-log', 'rejections', 'landing.mosaic'])(
  'as ops, how far %s goes is told where it may be read',
  async (topic) => {
    const asked = isLet(administer(as('ops'), (admin) => admin.fetchTopicOffsets(topic)));
    expect([topic, await asked]).toEqual([topic, ['involvement-log', 'identity-log'].includes(topic)]);
  },
);

it('a wrong password, and a name nobody has, come no further', async () => {
  await expect(write(as('ingest', 'guessed'), 'involvement-log')).rejects.toThrow(/authentication/i);
  await expect(write(as('nobody', 'guessed'), 'involvement-log')).rejects.toThrow(/authentication/i);
});

it('what is no longer planned is taken back, and setting rights again changes nothing', async () => {
  expect(await ensureRights(as('admin'), rights, '')).toEqual({ asked: true, granted: 0, takenBack: 0 });
  const without = rightsOf(topics, ['mosaic'], { rehearsals: false });
  expect(await ensureRights(as('admin'), without, '')).toEqual({ asked: true, granted: 0, takenBack: rights.length - without.length });
  expect(await isLet(write(as(userOfSource('synergy')), 'landing.synergy'))).toBe(false);
  expect(await isLet(write(as(userOfSource('mosaic')), 'landing.mosaic'))).toBe(true);
});
