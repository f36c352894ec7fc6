/** One message on its way to a partition, for the caller `send`. */
export interface Outgoing<Send> {
  send: Send;
  index: number;
  topic: string;
  partition: number;
  key: string;
  value: Buffer;
}

/** Bytes per partition in one request: below the topics' max.message.bytes, which counts a partition's whole batch. */
const PARTITION_BYTES = 2 * 1024 * 1024;
const REQUEST_BYTES = 8 * 1024 * 1024;
const FRAME_BYTES = 100;

/** The front of the queue that fits one request (at least one message), and what stays; order is kept. */
export function takeBatch<Send>(queue: Outgoing<Send>[]): { batch: Outgoing<Send>[]; rest: Outgoing<Send>[] } {
  const perPartition = new Map<string, number>();
  let total = 0;
  const end = queue.findIndex(({ topic, partition, key, value }, index) => {
    const place = `${topic} ${partition}`;
    const size = value.length + key.length + FRAME_BYTES;
    const inPartition = (perPartition.get(place) ?? 0) + size;
    perPartition.set(place, inPartition);
    total += size;
    return index > 0 && (inPartition > PARTITION_BYTES || total > REQUEST_BYTES);
  });
  return end < 0 ? { batch: queue, rest: [] } : { batch: queue.slice(0, end), rest: queue.slice(end) };
}
