import { connect, type Socket } from 'node:net';
import kafkajs, { type Kafka } from 'kafkajs';
import { topicsOf } from '#lib/events';
import { eventually } from '../../../test/support/eventually.js';
import { freshPrefix } from '../../../test/support/fresh.js';
import { stack } from '../../../test/support/stack.js';
import { connectKafka } from './connect-kafka.js';
import { LogUnavailableError } from './errors.js';
import { LogProducer } from './log-producer.js';
import { ensureTopics, topicPlan } from './topics.js';

const topics = topicsOf(freshPrefix());
const topic = topics.involvementLog;
let brokers: string[];
let kafka: Kafka;
const opened: LogProducer[] = [];
const producer = async (over = kafka, o?: { deadline: number }) => {
  const log = await LogProducer.open(over, o);
  opened.push(log);
  return log;
};
const messages = (names: string[], partition?: number) =>
  names.map((name) => ({ key: `key of ${name}`, partition, value: Buffer.from(name) }));

/** Everything in the topic, as `partition offset → text`. */
async function inTheLog(expected: number): Promise<Map<string, string>> {
  const consumer = kafka.consumer({ groupId: `${topic}-${Math.random()}` });
  const found = new Map<string, string>();
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ partition, message }) => void found.set(`${partition} ${message.offset}`, String(message.value)),
  });
  await eventually(`${expected} messages in the log`, async () => found.size >= expected);
  await consumer.disconnect();
  return found;
}

/** A client whose connections can lose every answer from now on, or be well again. */
function shakyKafka(): { kafka: Kafka; answers: { lost: boolean; cut: boolean } } {
  const answers = { lost: false, cut: false };
  const shaky = new kafkajs.Kafka({
    brokers,
    clientId: 'shaky',
    logLevel: kafkajs.logLevel.NOTHING,
    requestTimeout: 500,
    socketFactory: ({ host, port, onConnect }) => {
      const socket: Socket = connect(port, host, onConnect);
      const emit = socket.emit.bind(socket) as (event: string | symbol, ...args: unknown[]) => boolean;
      socket.emit = (event: string | symbol, ...args: unknown[]) => {
        if (event !== 'data' || !answers.lost) return emit(event, ...args);
        if (answers.cut) socket.destroy();
        return true;
      };
      return socket;
    },
  });
  return { kafka: shaky, answers };
}

beforeAll(async () => {
  brokers = [(await stack()).kafkaBrokers];
  kafka = connectKafka({ brokers, clientId: 'test' });
  await ensureTopics(kafka, topicPlan(topics, [], 4));
});
afterAll(async () => {
  await Promise.all(opened.map((log) => log.close()));
});

test('each message is at the place it was told, in the order handed in, whoever sends beside it', async () => {
  const log = await producer();
  const lists = ['a', 'b', 'c'].map((name) => Array.from({ length: 300 }, (_, index) => `${name}-${index}`));
  const places = await Promise.all(lists.map((list) => log.send(topic, messages(list))));
  const found = await inTheLog(900);
  lists.forEach((list, sender) => {
    list.forEach((name, index) => {
      const { partition, offset } = places[sender]![index]!;
      expect(found.get(`${partition} ${offset}`)).toBe(name);
    });
  });
  for (const placed of places) {
    for (const [, inOrder] of Map.groupBy(placed, ({ partition }) => partition)) {
      expect(inOrder.map(({ offset }) => offset)).toEqual(inOrder.map(({ offset }) => offset).toSorted((a, b) => a - b));
    }
  }
});

test('a key goes to the partition every Kafka client gives it, unless a partition is named', async () => {
  const log = await producer();
  const plain = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  await plain.connect();
  for (const key of ['0f8fad5b-d9cb-469f-a165-70867728950e', '7c9e6679-7425-40de-944b-e07fc1f90ae7']) {
    const [usual] = await plain.send({ topic: topics.identityLog, messages: [{ key, value: 'x' }] });
    expect(await log.send(topics.identityLog, [{ key, value: Buffer.from('y') }])).toMatchObject([{ partition: usual!.partition }]);
  }
  await plain.disconnect();
  const everywhere = [0, 1, 2, 3].map((partition) => ({ key: 'same', partition, value: Buffer.from('z') }));
  expect((await log.send(topics.identityLog, everywhere)).map(({ partition }) => partition)).toEqual([0, 1, 2, 3]);
});

test('more than one request can carry is sent in several, all in place', async () => {
  const log = await producer();
  const large = Array.from({ length: 12 }, (_, index) => ({ key: 'k', partition: 3, value: Buffer.alloc(900_000, index) }));
  const offsets = (await log.send(topics.rejections, large)).map(({ offset }) => offset);
  expect(offsets).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
});

test('nothing to send is nothing sent, and a topic that does not exist is told', async () => {
  const log = await producer();
  expect(await log.send(topic, [])).toEqual([]);
  await expect(log.send(`${topic}-missing`, messages(['x']))).rejects.toBeInstanceOf(LogUnavailableError);
});

test('lost acknowledgements are an outage; what is sent afterwards is never taken for a duplicate and dropped', async () => {
  const { kafka: shaky, answers } = shakyKafka();
  const log = await producer(shaky, { deadline: 2000 });
  const before = await log.send(topic, messages(['before'], 0));
  Object.assign(answers, { lost: true, cut: true });
  await expect(log.send(topic, messages(['unsure'], 0))).rejects.toMatchObject({ code: 'log-unavailable', retriable: true });
  Object.assign(answers, { lost: false, cut: false });
  const after = await log.send(topic, messages(['after'], 0));
  const found = await inTheLog(900 + 3);
  expect(found.get(`0 ${before[0]!.offset}`)).toBe('before');
  expect(found.get(`0 ${after[0]!.offset}`)).toBe('after');
});

test('a broker that takes a request and never answers is given up at the deadline, and used again when it is well', async () => {
  const { kafka: shaky, answers } = shakyKafka();
  const log = await producer(shaky, { deadline: 500 });
  await log.send(topic, messages(['first'], 1));
  answers.lost = true;
  const [one, other] = await Promise.allSettled([log.send(topic, messages(['x'], 1)), log.send(topic, messages(['y'], 1))]);
  expect([one.status, other.status]).toEqual(['rejected', 'rejected']);
  answers.lost = false;
  expect(await log.send(topic, messages(['last'], 1))).toMatchObject([{ partition: 1 }]);
});
