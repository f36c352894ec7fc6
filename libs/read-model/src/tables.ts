/** The tables of one generation of the read model. Rows belong to records, never to persons: who is one person is joined when reading. */
import { CARER_INDEXES } from './carer-links.js';
import { GUESSED_INDEX } from './guessed-births.js';
import { declareTable } from './table.js';

/** One person as one source knows them. */
export const record = declareTable({
  name: 'record',
  key: { subject: 'uuid' },
  plain: { source: 'text', record_id: 'text' },
  registers: {
    details: {
      names: 'jsonb',
      date_of_birth: 'text',
      date_of_birth_precision: 'text',
      gender: 'text',
      addresses: 'jsonb',
      identifiers: 'jsonb',
      phone: 'text',
      deceased_on: 'text',
      restriction: 'text',
      flags: 'jsonb',
      confirmed_at: 'bigint',
      details_at: 'bigint',
      search_keys: 'text[]',
    },
    presence: { present: 'boolean', removed_reason: 'text' },
    replacement: { replaced_by: 'uuid' },
  },
  indexes: [
    // Every search reads through the keys that are not yet in the index's tree: 256 kB of them at most. At the default of 4 MB a person's page took 70 ms longer.
    'USING gin (search_keys) WITH (gin_pending_list_limit = 256)',
    '(replaced_by) WHERE replaced_by IS NOT NULL',
    '(source, record_id)',
    "(subject) WHERE restriction <> 'none'",
    // Whether a record may be a restricted person's is asked of everybody who is found.
    "(date_of_birth) WHERE restriction <> 'none'",
    // Who is alike in name without a whole date of birth is looked for with every person's page: among those few alone, not among all of that name.
    'USING gin (search_keys) WITH (gin_pending_list_limit = 256) WHERE date_of_birth IS NULL OR length(date_of_birth) < 10',
    // So is, by their numbers, who of the restricted few those around a person or found by a search may be: among millions of keys that took most of a search's time.
    "USING gin (search_keys) WITH (gin_pending_list_limit = 256) WHERE restriction <> 'none'",
    // Who else is recorded at a home of those an answer tells of: one of them may care for somebody hidden there.
    'USING gin (control.home_keys(addresses)) WITH (gin_pending_list_limit = 256)',
    GUESSED_INDEX,
  ],
  fillfactor: 85,
});

/** A service's contact with a person. `owner` is the record it belongs to: a fact moved to another child leaves the first. */
export const involvement = declareTable({
  name: 'involvement',
  key: { source: 'text', involvement_id: 'text' },
  plain: {},
  registers: {
    owner: { subject: 'uuid' },
    status: { status: 'text', closed_on: 'text', closed_reason: 'text', status_at: 'bigint' },
    description: {
      service: 'text',
      opened_on: 'text',
      organisation: 'text',
      team: 'text',
      team_phone: 'text',
      practitioner: 'jsonb',
      coordinating: 'boolean',
      details: 'jsonb',
      described_at: 'bigint',
    },
  },
  indexes: [
    '(subject)',
    // A reader's caseload, and the referrals of a team that nobody has been named for yet.
    "(lower(practitioner ->> 'readerId')) WHERE practitioner ->> 'readerId' IS NOT NULL",
    "(team) WHERE status IS DISTINCT FROM 'closed' AND practitioner ->> 'name' IS NULL AND team IS NOT NULL",
  ],
  fillfactor: 85,
});

/** A link between two records, as a source states it. */
export const relationship = declareTable({
  name: 'relationship',
  key: { source: 'text', relationship_id: 'text' },
  plain: {},
  registers: {
    owner: { subject: 'uuid' },
    status: { status: 'text', ended_on: 'text', status_at: 'bigint' },
    description: {
      other_subject: 'uuid',
      relationship: 'text',
      started_on: 'text',
      parental_responsibility: 'boolean',
      main_carer: 'boolean',
      described_at: 'bigint',
    },
  },
  indexes: ['(subject)', '(other_subject)', ...CARER_INDEXES],
  fillfactor: 85,
});

/** How far and until when a source sees a service. One row per partition of the log; the answer is the minimum over them. */
export const coverage = declareTable({
  name: 'coverage',
  key: { source: 'text', service: 'text', partition: 'int' },
  plain: {},
  registers: {
    check: {
      complete_to: 'bigint',
      covers_from: 'text',
      covers_to: 'text',
      area: 'text',
      records_held: 'bigint',
      open_involvements_held: 'bigint',
      /** Where in the partition the check stands: what the matcher must have passed before "nothing found" may be said. */
      log_offset: 'bigint',
    },
  },
  indexes: [],
  fillfactor: 50,
});

/** Which person a record belongs to, by decision number. */
export const recordPerson = declareTable({
  name: 'record_person',
  key: { subject: 'uuid' },
  plain: {},
  registers: { assignment: { person: 'uuid', reason: 'text', model_version: 'text' } },
  indexes: ['(person)'],
  fillfactor: 85,
});

/** Every person that a record was ever given to, by the newest decision that did: what was once to be seen under an id, and is elsewhere now. */
export const assignedOnce = declareTable({
  name: 'assigned_once',
  key: { person: 'uuid', subject: 'uuid' },
  plain: {},
  registers: { assignment: { decided_at: 'bigint' } },
  indexes: [],
  fillfactor: 85,
});

/** A retired person id and where to look instead: a redirect, never membership. */
export const personRedirect = declareTable({
  name: 'person_redirect',
  key: { person: 'uuid' },
  plain: {},
  registers: { redirect: { into_person: 'uuid' } },
  indexes: [],
});

/** Two records of which somebody has decided by hand that they are of two people, a row from either side. */
export const keptApart = declareTable({
  name: 'kept_apart',
  key: { subject: 'uuid', other_subject: 'uuid' },
  plain: {},
  registers: { ruling: { apart: 'boolean' } },
  indexes: [],
});

/** How far the matcher has decided, as told by each partition of the identity log. */
export const matchedUpTo = declareTable({
  name: 'matched_up_to',
  key: { identity_partition: 'int', log_partition: 'int' },
  plain: {},
  registers: { progress: { log_offset: 'bigint' } },
  indexes: [],
  fillfactor: 50,
});

/** Freshness: the newest event applied of each source. One row per partition, so that no row is hot. */
export const sourceProgress = declareTable({
  name: 'source_progress',
  key: { source: 'text', partition: 'int' },
  plain: { newest_published_at: 'bigint', newest_occurred_at: 'bigint', applied_at: 'bigint', events: 'bigint' },
  registers: {},
  indexes: [],
  fillfactor: 50,
});

/**
 * How far a partition has been folded: up to the last event, which `last_event_id` remembers. The truth about offsets: Kafka's own are for lag
 * tools only.
 */
export const checkpoint = declareTable({
  name: 'checkpoint',
  key: { topic: 'text', partition: 'int' },
  plain: {
    next_offset: 'bigint',
    last_event_id: 'text',
    /** What stands before it was folded by a version that kept no tally. */
    counted_from: 'bigint',
    /** How many offsets before `next_offset`, and how many from there on to the end of the log, hold no message (aborted ones, marks of transactions). */
    skipped: 'bigint',
    empty_after: 'bigint',
  },
  registers: {},
  indexes: [],
  fillfactor: 50,
});

/** Events held with a reason: the exact bytes, and the record they concern, whose answers are incomplete while they wait. */
export const parked = declareTable({
  name: 'parked',
  key: { topic: 'text', partition: 'int', log_offset: 'bigint' },
  plain: {
    subject: 'uuid',
    source: 'text',
    code: 'text',
    expected: 'text',
    actual: 'text',
    bytes: 'bytea',
    /** When it was published, as far as that can be read: with the source, what it is tallied under. */
    published_at: 'bigint',
    parked_at: 'bigint',
    attempts: 'int',
  },
  registers: {},
  indexes: ['(subject)', '(source)'],
});

/**
 * What became of every event a source published, by the day (Europe/London) of its publishing: received = applied + superseded + erased +
 * parked + discarded. Counted in the transaction that moves the checkpoint, so once.
 */
export const tally = declareTable({
  name: 'tally',
  key: { topic: 'text', partition: 'int', source: 'text', day: 'text' },
  plain: { received: 'bigint', applied: 'bigint', superseded: 'bigint', erased: 'bigint', parked: 'bigint', discarded: 'bigint' },
  registers: {},
  indexes: [],
  fillfactor: 50,
});

/** Every table of a generation, by the name used in code. */
export const tables = {
  record,
  involvement,
  relationship,
  coverage,
  recordPerson,
  assignedOnce,
  personRedirect,
  keptApart,
  matchedUpTo,
  sourceProgress,
  checkpoint,
  parked,
  tally,
} as const;

/** The tables that hold what the logs say; the others say how far they were folded. */
export const factTables = [record, involvement, relationship, coverage, recordPerson, assignedOnce, personRedirect, keptApart, matchedUpTo];
