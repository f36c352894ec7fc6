import type { TopicPartition } from '#lib/kafka';
import type { ListedGeneration } from '#lib/read-model';
import type { Metrics } from '#lib/runtime';
import type { FoldedBatch } from './apply.js';

const FRESHNESS_SECONDS = [0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 2, 5, 15, 60, 300, 3_600, 86_400];
const BATCH_SIZES = [1, 10, 50, 100, 250, 500, 1_000, 2_000, 5_000];

/**
 * What the projector tells about itself. Names of sources and codes only: nothing of a person. What is told of events is told of the live
 * generation: those that are built or kept beside it fold the same events again, and much later.
 */
export class Measures {
  private readonly freshness;
  private readonly applied;
  private readonly parked;
  private readonly batches;
  private readonly retries;
  private readonly halted;
  private readonly generation;
  private readonly behind;
  private readonly secondsBehind;
  private live: string | undefined;
  /** Labels of the partitions that are read here. */
  private readonly places = new Map<string, readonly [schema: string, topic: string, partition: string]>();

  constructor(metrics: Metrics) {
    this.freshness = metrics.histogram(
      'projector_freshness_seconds',
      'From an event being published to readers seeing its rows.',
      ['source'],
      FRESHNESS_SECONDS,
    );
    this.applied = metrics.counter('projector_events_applied_total', 'Events of involvement-log that readers see.', ['source']);
    this.parked = metrics.counter('projector_events_parked_total', 'Events held with a reason, of what readers see.', ['code']);
    this.batches = metrics.histogram('projector_batch_messages', 'Messages in one transaction.', ['topic'], BATCH_SIZES);
    this.retries = metrics.counter('projector_retries_total', 'Batches tried again after a failure that may pass.', ['code']);
    this.generation = metrics.gauge('projector_generation', '1 for each generation there is, by what it is for.', ['generation', 'state']);
    const place = ['schema', 'topic', 'partition'] as const;
    this.behind = metrics.gauge('projector_events_behind', 'Events of a partition that wait to be folded.', place);
    this.secondsBehind = metrics.gauge(
      'projector_seconds_behind',
      'Age of the newest folded event of a partition while others wait.',
      place,
    );
    this.halted = metrics.gauge('projector_halted', '1 when reading has stopped for good and a person must look.', ['code']);
  }

  committed(schema: string, { step, reached, parked }: FoldedBatch, messages: number): void {
    const now = Date.now();
    this.batches.labels(step.topic).observe(messages);
    if (schema !== this.live) return;
    for (const [source, { publishedAt }] of reached) {
      const freshness = this.freshness.labels(source);
      for (const at of publishedAt) freshness.observe(Math.max(0, now - at) / 1000);
      this.applied.labels(source).inc(publishedAt.length);
    }
    for (const { code } of parked) this.parked.labels(code).inc();
  }

  /** How far a partition is behind after a batch, or a hole. @param newestAt when its last message was published, milliseconds since 1970 */
  reached(schema: string, { topic, partition }: TopicPartition, o: { waiting: number; newestAt?: number }): void {
    const place = [schema, topic, String(partition)] as const;
    this.places.set(place.join('/'), place);
    this.behind.labels(...place).set(o.waiting);
    if (o.waiting === 0) this.secondsBehind.labels(...place).set(0);
    else if (o.newestAt !== undefined) this.secondsBehind.labels(...place).set(Math.max(0, Date.now() - o.newestAt) / 1_000);
  }

  /** Partitions of a generation that are read here from now on: of all others, nothing is known here any more. */
  reads(schema: string, partitions: readonly TopicPartition[]): void {
    const read = new Set(partitions.map(({ topic, partition }) => [schema, topic, partition].join('/')));
    for (const [name, place] of this.places) {
      if (place[0] !== schema || read.has(name)) continue;
      this.places.delete(name);
      for (const gauge of [this.behind, this.secondsBehind]) gauge.remove(...place);
    }
  }

  retried(error: unknown): void {
    const { code } = error as { code?: unknown };
    this.retries.labels(typeof code === 'string' ? code : 'log').inc();
  }

  generations(listed: readonly ListedGeneration[]): void {
    this.live = listed.find(({ state }) => state === 'live')?.schema;
    this.generation.reset();
    for (const { id, state } of listed) if (state !== 'dropped') this.generation.labels(String(id), state).set(1);
  }

  halt(code: string): void {
    this.halted.labels(code).set(1);
  }
}
