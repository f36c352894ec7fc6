/** Rows of the read model, put there directly: a test of a question states only what matters to it, the rest is made up. */
import { randomInt, randomUUID } from 'node:crypto';
import { liveGeneration, openReadModel, type ReadModelPool } from '#lib/read-model';
import { randomToken } from './random-token.js';
import { involvementRow, recordRow, type StoredInvolvementOptions, type StoredRecordOptions } from './stored-rows.js';

export { address, born, madeUpName, madeUpPostcode, name } from './made-up-details.js';
export type { StoredRecordOptions };

export class StoredPeople {
  private constructor(
    readonly pool: ReadModelPool,
    readonly schema: string,
    private readonly partitions: number,
  ) {}

  /** @param chosen a generation's schema; the live one's unless said */
  static async open(url: string, chosen?: string): Promise<StoredPeople> {
    const pool = openReadModel(url, { max: 4 });
    const { schema, partitions } = await liveGeneration(pool);
    return new StoredPeople(pool, chosen ?? schema, partitions);
  }

  close(): Promise<void> {
    return this.pool.end();
  }

  /** Every source has been heard just now, is complete and matched. */
  async allFresh(sources: { id: string; service: string; alsoFor?: string[] }[], at = Date.now()): Promise<void> {
    for (const { id, service, alsoFor = [] } of sources) for (const one of [service, ...alsoFor]) await this.checked(id, one, { at });
    for (let identity = 0; identity < this.partitions; identity += 1) {
      for (let log = 0; log < this.partitions; log += 1) await this.matchedUpTo(identity, log, 1_000_000);
    }
  }

  /** The source said that it is complete up to that instant, in every partition. */
  async checked(source: string, service: string, o: { at?: number; offset?: number; partitions?: number } = {}): Promise<void> {
    for (let partition = 0; partition < (o.partitions ?? this.partitions); partition += 1) {
      await this.put('coverage', ['source', 'service', 'partition'], {
        source,
        service,
        partition,
        complete_to: o.at ?? Date.now(),
        covers_from: '2010-01-01',
        covers_to: null,
        area: 'Northbridge',
        log_offset: o.offset ?? 10,
        check_epoch: 1,
      });
    }
  }

  async matchedUpTo(identityPartition: number, logPartition: number, offset: number): Promise<void> {
    await this.put('matched_up_to', ['identity_partition', 'log_partition'], {
      identity_partition: identityPartition,
      log_partition: logPartition,
      log_offset: offset,
    });
  }

  /** A record, by default of a person of its own. Returns both. */
  async record(o: StoredRecordOptions = {}): Promise<{ subject: string; person: string; recordId: string }> {
    const { subject = randomToken(), source = 'mosaic', recordId = String(randomInt(1_000_000, 9_999_999)) } = o;
    const person = o.person ?? randomToken();
    await this.put('record', ['subject'], recordRow({ ...o, subject, source, recordId }));
    if (o.person !== null) await this.assign(subject, person);
    return { subject, person, recordId };
  }

  /** @param at when it was decided: that the record was once that person's stays when it is given to another */
  async assign(subject: string, person: string, reason = 'matched', at = Date.now()): Promise<void> {
    await this.put('assigned_once', ['person', 'subject'], { person, subject, decided_at: at, assignment_epoch: 1 });
    await this.put('record_person', ['subject'], { subject, person, reason, model_version: '1', assignment_epoch: 1 });
  }

  /** Somebody has decided that these two records are of two people, or has taken that back. */
  async keepApart(one: string, other: string, apart = true): Promise<void> {
    for (const [subject, other_subject] of [
      [one, other],
      [other, one],
    ])
      await this.put('kept_apart', ['subject', 'other_subject'], { subject, other_subject, apart, ruling_epoch: 0 });
  }

  async redirect(person: string, into: string): Promise<void> {
    await this.put('person_redirect', ['person'], { person, into_person: into, redirect_epoch: 1 });
  }

  async involvement(subject: string, o: StoredInvolvementOptions = {}): Promise<void> {
    await this.put('involvement', ['source', 'involvement_id'], involvementRow(subject, o));
  }

  /** Somebody decides so by hand, whatever the source says. */
  async restrictByHand(...subjects: string[]): Promise<void> {
    await this.pool.query(
      `INSERT INTO decided.restriction (decision, subject, set_by, reason) SELECT $1, unnest($2::uuid[]), 'officer', 'a test'`,
      [randomUUID(), subjects],
    );
  }

  /** An open involvement of children's social care that names this reader. */
  async onCaseloadOf(readerId: string, subject: string): Promise<void> {
    const nothing = { role: null, phone: null, email: null, outOfHoursPhone: null, outOfHoursName: null };
    await this.involvement(subject, { practitioner: { name: 'The reader', ...nothing, readerId } });
  }

  /** `other` is this to `subject`. */
  async link(
    subject: string,
    other: string,
    relationship: string,
    o: { source?: string; status?: 'linked' | 'ended' | 'retracted'; mainCarer?: boolean; parentalResponsibility?: boolean } = {},
  ): Promise<void> {
    await this.put('relationship', ['source', 'relationship_id'], {
      source: o.source ?? 'mosaic',
      relationship_id: randomUUID(),
      subject,
      other_subject: other,
      relationship,
      status: o.status ?? 'linked',
      status_at: Date.now(),
      described_at: Date.now(),
      main_carer: o.mainCarer ?? false,
      parental_responsibility: o.parentalResponsibility ?? false,
    });
  }

  async parked(subject: string | null, source: string | null, at = Date.now()): Promise<void> {
    await this.put('parked', ['topic', 'partition', 'log_offset'], {
      topic: 'involvement-log',
      partition: 0,
      log_offset: randomInt(1, 1_000_000),
      subject,
      source,
      code: 'undecodable',
      parked_at: at,
      attempts: 1,
    });
  }

  /** Inserts a row, or replaces the one with that key. */
  private async put(table: string, key: string[], row: Record<string, unknown>): Promise<void> {
    const columns = Object.keys(row);
    const places = columns.map((_, at) => `$${at + 1}`);
    const updates = columns.filter((column) => !key.includes(column)).map((column) => `${column} = excluded.${column}`);
    await this.pool.query(
      `INSERT INTO ${this.schema}.${table} (${columns.join()}) VALUES (${places.join()})
       ON CONFLICT (${key.join()}) DO UPDATE SET ${updates.join()}`,
      Object.values(row),
    );
  }
}
