import { EventEmitter } from 'node:events';
import { createLogger } from '#lib/runtime';
import { eventually } from '../../../test/support/eventually.js';
import type { Kafka } from './connect-kafka.js';
import { consumeLog } from './consume.js';
import { retried } from './consume-retry.js';
import { HaltError } from './consume-errors.js';

/** A kafkajs of which only the life of its consumers is there. */
class Consumers {
  readonly made: (EventEmitter & { left: number })[] = [];
  refuse = 0;

  consumer() {
    const emitter = Object.assign(new EventEmitter(), { left: 0 });
    this.made.push(emitter);
    return {
      events: {
        GROUP_JOIN: 'join',
        CRASH: 'crash',
        REQUEST: 'request',
        FETCH: 'fetch',
        FETCH_START: 'fetch-start',
        START_BATCH_PROCESS: 'batch',
      },
      on: (event: string, listener: () => void) => emitter.on(event, listener),
      connect: async () => {
        if (this.refuse-- > 0) throw Object.assign(new Error('no broker'), { name: 'KafkaJSConnectionError' });
      },
      subscribe: async () => {},
      run: async () => emitter.emit('join', { payload: { memberAssignment: {} } }),
      pause: () => {},
      resume: () => {},
      disconnect: async () => void (emitter.left += 1),
    };
  }
}

const consume = (kafka: Consumers) =>
  consumeLog({
    kafka: kafka as unknown as Kafka,
    groupId: 'group',
    topics: ['log'],
    logger: createLogger('test', 'silent'),
    startingPoints: async () => [],
    verify: async () => true,
    apply: async () => 'applied',
    onHalt: () => {},
  });

describe('A consumer that breaks off', () => {
  it('is replaced by a new one, however often, and is not ready meanwhile', async () => {
    const kafka = new Consumers();
    const consumption = consume(kafka);
    await eventually('the first being ready', async () => consumption.ready());
    kafka.made[0]!.emit('crash', { payload: { error: new Error('a broker went away') } });
    expect(consumption.ready()).toBe(false);
    await eventually('the second being ready', async () => consumption.ready());
    expect(kafka.made).toHaveLength(2);
    await consumption.stop();
    expect(kafka.made[1]!.left).toBe(1);
  });

  it('is tried again until the brokers are there', async () => {
    const kafka = new Consumers();
    kafka.refuse = 2;
    const consumption = consume(kafka);
    await eventually('the third being ready', async () => consumption.ready());
    expect(kafka.made).toHaveLength(3);
    await consumption.stop();
  });

  it('stays away once it was stopped', async () => {
    const kafka = new Consumers();
    const consumption = consume(kafka);
    await eventually('being ready', async () => consumption.ready());
    await consumption.stop();
    kafka.made[0]!.emit('crash', { payload: { error: new Error('late') } });
    expect(kafka.made).toHaveLength(1);
    expect(consumption.ready()).toBe(false);
  });
});

describe('Trying a step again', () => {
  const passing = () => Promise.reject(Object.assign(new Error('away'), { retriable: true }));

  it('keeps telling the group that we are alive, and ends when the partition is no longer ours', async () => {
    let heartbeats = 0;
    const result = await retried(passing, { owned: () => heartbeats < 3, heartbeat: async () => void (heartbeats += 1) });
    expect(result).toBe('not owned');
    expect(heartbeats).toBe(3);
  });

  it('leaves a rebalance to kafkajs', async () => {
    const rebalance = Object.assign(new Error('rebalancing'), { name: 'KafkaJSProtocolError' });
    await expect(retried(passing, { owned: () => true, heartbeat: () => Promise.reject(rebalance) })).rejects.toBe(rebalance);
  });

  it('never tries again what is not marked as passing', async () => {
    const mistake = new TypeError('a mistake of ours');
    const failing = retried(() => Promise.reject(mistake), { owned: () => true, heartbeat: async () => {} });
    await expect(failing).rejects.toMatchObject({ code: 'unexpected', cause: mistake });
    await expect(failing).rejects.toBeInstanceOf(HaltError);
  });
});
