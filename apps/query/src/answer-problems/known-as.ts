import { sourcesMatchedWithCare } from '#lib/events';
import { type Authority, databaseName } from '../authority.js';
import type { StoredRecord } from '../view-person/stored-record.js';
import type { ProblemAsked } from './problem-asked.js';

/**
 * What records of a person are called, for whoever is to find them and sees nothing else of them. That a sensitive service has one is told where no other does.
 * @param records those that may be told of
 */
export function knownAs(records: readonly StoredRecord[], authority: Authority): ProblemAsked['knownAs'] {
  const careful = sourcesMatchedWithCare(authority);
  const others = records.filter(({ source }) => !careful.has(source));
  return (others.length > 0 ? others : records).map(({ source, recordId }) => ({
    source,
    database: databaseName(authority, source),
    recordId,
  }));
}
