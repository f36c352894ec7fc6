import type { PoolClient } from 'pg';
import type { Generation, ReadModelPool } from '#lib/read-model';
import type { Authority } from './authority.js';
import type { AuditedQuery } from './audited-query.js';
import { type KeptFreshness, readFreshness } from './read-freshness.js';
import type { Reader } from './sign-in/reader.js';
import type { SourceFreshness } from './source-freshness.js';

/** A statement of a query file. Tables are named without a schema: the snapshot looks in its own generation. With a name it is prepared once per connection. */
export interface Statement {
  name?: string;
  text: string;
}

interface SnapshotOptions {
  authority: Authority;
  /** Whoever asks. */
  reader: Reader;
  freshness: KeptFreshness;
}

/** One generation at one instant: everything a question reads comes from here, and nothing after it is closed. */
export class Snapshot {
  /** Milliseconds since 1970; what "now" is throughout the answer. */
  readonly now = Date.now();
  /** Which records the answer about each person was made of, for the audit log. */
  readonly subjectsOf = new Map<string, string[]>();
  /** The restricted person whom the reader has come to by the separate way in. */
  overriding: string | null = null;
  readonly authority: Authority;
  readonly reader: Reader;
  private readonly freshness: KeptFreshness;
  private readonly opened: Promise<Opened>;
  private known?: Opened;

  /** Everything that opening needs is sent at once, and the question's first statement right behind it: nobody waits for the answers in between. */
  constructor(
    private readonly client: PoolClient,
    o: SnapshotOptions,
  ) {
    this.authority = o.authority;
    this.reader = o.reader;
    this.freshness = o.freshness;
    this.opened = this.open();
    // Whoever reads, or closes, hears of a failure; until then it is nobody's.
    this.opened.catch(() => undefined);
  }

  get generation(): Opened['generation'] {
    return this.whatIsKnown().generation;
  }

  get sources(): SourceFreshness[] {
    return this.whatIsKnown().sources;
  }

  async rows<Row>(statement: Statement, values: unknown[]): Promise<Row[]> {
    const [, read] = await bothOrFirst(this.opened, this.send<Row>(statement, values));
    return read;
  }

  madeOf(person: string, subjects: string[]): void {
    this.subjectsOf.set(person, subjects);
  }

  async close(): Promise<void> {
    await bothOrFirst(this.opened, this.client.query('COMMIT'));
  }

  private async open(): Promise<Opened> {
    const live = begin((statement, values) => this.send(statement, values));
    const kept = this.freshness.newest(this.now);
    if (kept !== undefined) {
      const generation = await live;
      if (kept.generation === generation.id) return this.nowKnown(generation, kept.sources);
    }
    const [generation, sources] = await bothOrFirst(live, this.readFreshness());
    this.freshness.keep({ generation: generation.id, sources, readAt: this.now });
    return this.nowKnown(generation, sources);
  }

  private readFreshness(): Promise<SourceFreshness[]> {
    return readFreshness((statement, values) => this.send(statement, values), this.authority, this.now);
  }

  private nowKnown(generation: Opened['generation'], sources: SourceFreshness[]): Opened {
    return (this.known = { generation, sources });
  }

  private async send<Row>({ name, text }: Statement, values: unknown[]): Promise<Row[]> {
    return (await this.client.query({ name, text, values })).rows as Row[];
  }

  private whatIsKnown(): Opened {
    if (this.known === undefined) throw new Error('a snapshot was asked about itself before anything was read from it');
    return this.known;
  }
}

type Send = <Row>(statement: Statement, values: unknown[]) => Promise<Row[]>;

interface Opened {
  generation: Pick<Generation, 'id' | 'partitions'>;
  sources: SourceFreshness[];
}

/** Waits for both; when both fail, the first says why: the second could only fail after it. */
async function bothOrFirst<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([first, second]);
  return [await first, await second];
}

const held = new WeakMap<AuditedQuery<unknown>, Snapshot>();

/** The snapshot a query is being asked in. A query that nobody asks has none and so can read nothing. */
export function snapshotOf(query: AuditedQuery<unknown>): Snapshot {
  const snapshot = held.get(query);
  if (snapshot === undefined) throw new Error(`${query.constructor.name} was run without being asked: there is no snapshot to read from.`);
  return snapshot;
}

/** Runs a query inside one read-only snapshot on the live generation, and closes it before returning. */
export async function inSnapshot<Read>(
  reads: ReadModelPool,
  o: SnapshotOptions,
  query: AuditedQuery<unknown>,
  run: (snapshot: Snapshot) => Promise<Read>,
): Promise<{ read: Read; snapshot: Snapshot }> {
  const client = await reads.connect();
  let broken: Error | undefined;
  try {
    const snapshot = new Snapshot(client, o);
    held.set(query, snapshot);
    const read = await run(snapshot);
    await snapshot.close();
    return { read, snapshot };
  } catch (error) {
    broken = error instanceof Error ? error : new Error('something that is no Error was thrown');
    throw error;
  } finally {
    held.delete(query);
    // A connection that failed is thrown away rather than rolled back: nothing of it may reach the next reader.
    client.release(broken);
  }
}

/** No build of the read model is live: the migrations have not run. */
export class NoGeneration extends Error {}

const BEGIN: Statement = { name: 'begin', text: 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY' };
/** Reads which generation is live and looks there for the rest of the transaction, in one step. */
const LIVE: Statement = {
  name: 'live-generation',
  text: `SELECT id, partitions, set_config('search_path', schema_name, true) FROM control.generation WHERE state = 'live'`,
};

async function begin(send: Send): Promise<Opened['generation']> {
  const [, [generation]] = await bothOrFirst(send(BEGIN, []), send<Generation>(LIVE, []));
  if (generation === undefined) throw new NoGeneration();
  return generation;
}
