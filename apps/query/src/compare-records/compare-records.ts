import { comparableOf, comparePair, type ComparedPair, type MatchModel, type MatchRecord } from '#lib/matching';
import type { Authority } from '../authority.js';
import { carefulSources } from './careful-sources.js';
import { type ShownAddress, shownAddressesOf } from '../view-person/shown-addresses.js';
import { isEstimated } from '../view-person/birth-believed.js';
import type { KnownPerson } from '../view-person/known-person.js';
import type { StoredRecord } from '../view-person/stored-record.js';

/** A record with whose it is. */
export interface OwnRecord {
  record: StoredRecord;
  person: KnownPerson;
}

/** How this deployment compares. */
export interface Comparing {
  model: MatchModel;
  authority: Authority;
}

/**
 * What two records say about being one person, as the matcher reckons it, from what may be shown of them alone: an address that either person's records
 * keep confidential counts for nothing here, and the matcher may know more.
 */
export function compareRecords(one: OwnRecord, other: OwnRecord, { model, authority }: Comparing): ComparedPair {
  const careful = carefulSources(authority);
  const people = [...new Set([one.person, other.person])];
  const open = shownAddressesOf(
    people.flatMap(({ records, ofOtherAges, silent, doubted }) => [...records, ...ofOtherAges, ...silent, ...doubted]),
  );
  const [these, those] = [one, other].map(({ record }) => comparableOf(matchRecordOf(record, open, careful))) as [Ready, Ready];
  return comparePair(these, those, model);
}

type Ready = ReturnType<typeof comparableOf>;

/** As the matcher looks at it. */
function matchRecordOf(record: StoredRecord, open: readonly ShownAddress[], careful: readonly string[]): MatchRecord {
  const { subject, source, names, birth, gender, identifiers, flags } = record;
  return {
    subject,
    source,
    sensitive: careful.includes(source),
    names: flags.includes('name-placeholder') ? [] : names,
    dateOfBirth: birth && { ...birth, estimated: isEstimated({ flags }) },
    gender,
    addresses: open.filter((address) => address.record === record),
    identifiers,
  };
}
