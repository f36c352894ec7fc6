import { createHash } from 'node:crypto';
import { createGenerationIndexes, liveGeneration, openReadModel, type ReadModelPool, tables } from '#lib/read-model';
import { type IdentityDecision, SourceEvent, type SourceEventInput } from '#lib/events';
import { makeTown, NORTHBRIDGE_FAMILIES, type Town } from '../../../apps/demo/src/town.js';
import { SYSTEMS } from '../../../apps/demo/src/systems/systems.js';
import { Standing } from '../../../apps/demo/src/trickle/standing.js';
import { checks } from '../../../apps/demo/src/trickle/check.js';
import { versioned } from '../../../apps/demo/src/history/in-order.js';
import { recordOf, otherRecordOf, type SourceRecord, withOtherRecord } from '../../../apps/ingest/src/records-of.js';
import { Fold } from '../../../apps/projector/src/fold.js';
import { projectDecision, projectEvent } from '../../../apps/projector/src/project.js';
import { noteProgress } from '../../../apps/projector/src/source-progress.js';
import { TableWriter } from '../../../apps/projector/src/table-writer.js';
import { inTown } from '../in-town.js';
import { today } from '../town-requests.js';
import { copyTowns } from './copy-towns.js';

/** What a read model holds: people, and rows that say something of them. */
export interface Filled {
  people: number;
  facts: number;
}

const WRITTEN = [
  tables.record,
  tables.recordPerson,
  tables.assignedOnce,
  tables.involvement,
  tables.relationship,
  tables.coverage,
  tables.matchedUpTo,
];
const BATCH = 5000;
/** So many people come out of the projections; they are the last that do. */
const MADE = 100_000;
const UNCOUNTED = { received: 0, applied: 0, superseded: 0, erased: 0, parked: 0, discarded: 0 };

/** Fills a read model with towns beside each other, past Kafka: the projector's own rows, written by its own statements into tables without secondary indexes. */
export class ReadModelFiller {
  private readonly fold = { current: new Fold(), events: 0 };
  private decision = 0;
  private town = 0;
  private readonly seen: Filled = { people: 0, facts: 0 };

  private constructor(
    private readonly pool: ReadModelPool,
    private readonly schema: string,
    private readonly partitions: number,
    private readonly writers: TableWriter[],
  ) {}

  static async open(url: string): Promise<ReadModelFiller> {
    const pool = openReadModel(url, { max: 2 });
    const { schema, partitions } = await liveGeneration(pool);
    return new ReadModelFiller(
      pool,
      schema,
      partitions,
      WRITTEN.map((table) => new TableWriter(schema, table)),
    );
  }

  /** Adds towns until there are so many people at least, those past `MADE` as copies, makes the indexes, and lets every source say that it has looked. */
  async fillTo(people: number, onTown: (filled: Filled) => void): Promise<Filled> {
    await this.dropIndexes();
    for (; this.seen.people < Math.min(people, MADE); this.town += 1) {
      const firstFamily = this.town * NORTHBRIDGE_FAMILIES;
      const town = makeTown({ seed: 'northbridge', today: today(), firstFamily });
      await this.addTown(town);
      onTown(this.seen);
    }
    await this.write();
    const copies = Math.ceil(people / this.seen.people) - 1;
    if (copies > 0) await copyTowns(this.pool, this.schema, copies);
    await createGenerationIndexes(this.pool, this.schema);
    await this.pool.query(`VACUUM (ANALYZE) ${WRITTEN.map(({ name }) => `${this.schema}.${name}`).join(', ')}`);
    return { people: this.seen.people * (copies + 1), facts: await this.facts() };
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  private async addTown({ families, records, history }: Town): Promise<void> {
    const personIds = new Map(families.flatMap((family) => family.people).map((person, at) => [person, tokenOf('person', this.town, at)]));
    for (const { source, recordId, person } of records) {
      const subject = subjectOf({ source, recordId });
      const assigned: IdentityDecision = {
        type: 'RecordAssigned',
        decision: (this.decision += 1),
        subject,
        person: personIds.get(person)!,
        reason: 'same-identifier',
        modelVersion: 'bench',
      };
      this.fold.current.addEvent(projectDecision(assigned, { partition: 0, offset: this.decision, publishedAt: Date.now() }), {
        ...UNCOUNTED,
      });
      await this.counted();
    }
    for (const events of history.values()) for (const event of events) await this.add(inTown(this.town, event));
    for (const event of checksOf(history))
      for (let partition = 0; partition < this.partitions; partition += 1) await this.add(event, partition);
    await this.allMatched();
    this.seen.people += new Set(records.map(({ person }) => person)).size;
  }

  private async add(input: SourceEventInput, partition = 0): Promise<void> {
    const event = SourceEvent.parse(input);
    const other = otherRecordOf(event);
    const sealed = other ? withOtherRecord(event, subjectOf(other.record)) : event;
    const place = { subject: subjectOf(recordOf(event)), partition, offset: 0 };
    this.fold.current.addEvent(projectEvent({ ...sealed, eventId: place.subject }, place), { ...UNCOUNTED });
    await this.counted();
  }

  private async counted(): Promise<void> {
    this.fold.events += 1;
    if (this.fold.events >= BATCH) await this.write();
  }

  private async write(): Promise<void> {
    for (const writer of this.writers) {
      const rows = this.fold.current.rowsOf(writer.table);
      if (rows.length > 0) await this.pool.query(writer.statement(rows));
    }
    Object.assign(this.fold, { current: new Fold(), events: 0 });
  }

  /** As if every source had just been heard and the matcher had decided all of it. */
  private async allMatched(): Promise<void> {
    const offsets = Array.from({ length: this.partitions }, (_, partition) => ({ partition, offset: 1 }));
    for (const { partition } of offsets)
      this.fold.current.addEvent(
        projectDecision({ type: 'MatchedUpTo', decision: (this.decision += 1), offsets }, { partition, offset: 0, publishedAt: 0 }),
        {
          ...UNCOUNTED,
        },
      );
    const now = Date.now();
    const reached = new Map(SYSTEMS.map(({ source }) => [source, { newestOccurredAt: now, publishedAt: [now] }]));
    await noteProgress(this.pool, this.schema, { partition: 0, reached, appliedAt: now });
  }

  private async dropIndexes(): Promise<void> {
    const { rows } = await this.pool.query(
      `SELECT indexrelid::regclass::text AS name FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
       WHERE relnamespace = $1::regnamespace AND NOT indisprimary`,
      [this.schema],
    );
    for (const { name } of rows as { name: string }[]) await this.pool.query(`DROP INDEX ${name}`);
  }

  private async facts(): Promise<number> {
    const counts = WRITTEN.map(({ name }) => `(SELECT count(*) FROM ${this.schema}.${name})`).join(' + ');
    const { rows } = await this.pool.query(`SELECT (${counts})::float8 AS facts`);
    return (rows as { facts: number }[])[0]!.facts;
  }
}

function checksOf(history: Town['history']): SourceEventInput[] {
  const now = Date.now();
  return SYSTEMS.flatMap((system) => {
    const standing = new Standing(system.source, history.get(system.source)!);
    return checks(system, standing, now).map((check) => versioned(check, now, now * 1000));
  });
}

const subjectOf = ({ source, recordId }: SourceRecord): string => tokenOf(source, recordId);

/** A name that is a UUID, the same for the same parts. */
function tokenOf(...parts: (string | number)[]): string {
  const hex = createHash('md5').update(parts.join('\u0000')).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
