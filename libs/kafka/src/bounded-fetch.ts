import { AsyncLocalStorage } from 'node:async_hooks';
import { promisify } from 'node:util';
import { gzip, unzip } from 'node:zlib';
import kafkajs, { type Consumer } from 'kafkajs';

/** Uncompressed bytes that one fetch may hold: kafkajs bounds what is fetched, and then uncompresses all of it at once. */
const FETCH_BYTES = 32 * 1024 * 1024;

const fetched = new AsyncLocalStorage<{ bytes: number }>();

/**
 * Ends what a consumer takes from a fetch where it has become too large; the rest is fetched again, as where the broker has cut it off.
 * At least one batch is taken, however large.
 */
export function boundFetches(consumer: Consumer): void {
  kafkajs.CompressionCodecs[kafkajs.CompressionTypes.GZIP] = () => BOUNDED_GZIP;
  // Emitted in the very call that fetches and uncompresses, so all of that sees what is kept here.
  consumer.on(consumer.events.FETCH_START, () => fetched.enterWith({ bytes: 0 }));
}

const [compressed, uncompressed] = [promisify(gzip), promisify(unzip)];

const BOUNDED_GZIP = {
  compress: async ({ buffer }: { buffer: Buffer }): Promise<Buffer> => compressed(buffer),
  async decompress(buffer: Buffer): Promise<Buffer> {
    const fetch = fetched.getStore();
    if (fetch && fetch.bytes >= FETCH_BYTES) throw new CutOff();
    const whole = await uncompressed(buffer);
    if (fetch) fetch.bytes += whole.length;
    return whole;
  },
};

/** By this name kafkajs knows that the end of a fetch was cut off, and takes what came before it. */
class CutOff extends Error {
  override readonly name = 'KafkaJSPartialMessageError';
}
