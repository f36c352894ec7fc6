import { SourceEvent } from '#lib/events';
import { askRequest, generationNumbered, openReadModel, type ReadModelPool, requestOf, type RequestVerb } from '#lib/read-model';
import type { Running } from '#lib/runtime';
import { appEnv } from './app-env.js';
import { eventually } from './eventually.js';
import { startFolding, startUpkeep } from './projectors.js';
import { SealedLog } from './sealed-log.js';

/** A read model that is folded from a log, and the upkeep that does what is asked for. */
export class UpkeptReadModel {
  private position = 0;

  private constructor(
    readonly env: Record<string, string>,
    readonly log: SealedLog,
    readonly pool: ReadModelPool,
    private readonly folding: Running,
    private upkeep: Running,
  ) {}

  static async open(): Promise<UpkeptReadModel> {
    const env = await appEnv({ PROJECTOR_BATCH: '200', LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent' });
    const log = await SealedLog.open(env);
    const [folding, upkeep] = await Promise.all([startFolding(env), startUpkeep(env)]);
    return new UpkeptReadModel(env, log, openReadModel(env.READ_MODEL_URL!), folding, upkeep);
  }

  async close(): Promise<void> {
    await Promise.all([this.folding.stop(), this.upkeep.stop()]);
    await this.log.close();
    await this.pool.end();
  }

  /** While there is no upkeep. */
  async withoutUpkeep<T>(act: () => Promise<T>): Promise<T> {
    await this.upkeep.stop();
    try {
      return await act();
    } finally {
      this.upkeep = await startUpkeep(this.env);
    }
  }

  /** So many involvements of forty records, later than all before. */
  involvements(count: number, name: string): SourceEvent[] {
    return Array.from({ length: count }, (_, index) =>
      SourceEvent.parse({
        type: 'InvolvementOpened',
        source: 'mosaic',
        recordId: `7${index % 40}`,
        sourceVersion: { epoch: 0, position: (this.position += 1) },
        occurredAt: '2026-05-01T09:00:00Z',
        involvementId: `${name}-${index}`,
        service: 'childrens-social-care',
      }),
    );
  }

  /** The one value that a statement finds. */
  async value<T>(sql: string, values: unknown[] = []): Promise<T> {
    return ((await this.pool.query({ text: sql, values, rowMode: 'array' })).rows as [T][])[0]![0];
  }

  held(schema: string): Promise<number> {
    return this.value<number>(`SELECT count(*)::int FROM ${schema}.involvement`);
  }

  settled(schema: string, count: number): Promise<boolean> {
    return eventually(`${count} involvements in ${schema}`, async () => (await this.held(schema)) === count, { within: 20_000 });
  }

  /** Asks for something and waits until it is done, or has failed. */
  async ask(verb: RequestVerb, args: Record<string, unknown>) {
    const id = await askRequest(this.pool, { verb, arguments: args, askedBy: 'test', reason: 'test' });
    await eventually(`${verb} being done`, async () => (await requestOf(this.pool, id))?.endedAt != null, { within: 25_000 });
    return (await requestOf(this.pool, id))!;
  }

  ready(id: number): Promise<boolean> {
    const isReady = async () => (await generationNumbered(this.pool, id)).state === 'ready';
    return eventually(`generation ${id} being ready`, isReady, { within: 25_000 });
  }
}
