import type { SourceEventInput } from '#lib/events';

/** Below this a word may stand in random bytes, or in the log's own language, by chance. */
const SHORTEST = 6;

/**
 * Everything said in events that would tell of a person: names, dates of birth, lines and postcodes of addresses, case numbers, identifiers,
 * telephone numbers, as they were written. Codes, days and services are not among them.
 */
export function tellingWords(events: readonly SourceEventInput[]): Set<string> {
  const words = new Set<string>();
  for (const event of events) {
    if ('recordId' in event) words.add(event.recordId);
    if ('otherRecordId' in event) words.add(event.otherRecordId);
    if ('newRecordId' in event) words.add(event.newRecordId);
    if (event.type !== 'PersonRecorded') continue;
    for (const { family, given } of event.names) for (const name of [family, ...(given ?? [])]) if (name) words.add(name);
    if (event.dateOfBirth) words.add(event.dateOfBirth.date);
    for (const { lines, postcode } of event.addresses ?? []) for (const text of [...(lines ?? []), postcode]) if (text) words.add(text);
    for (const { value } of event.identifiers ?? []) words.add(value);
    if (event.phone) words.add(event.phone);
  }
  return new Set([...words].filter((word) => word.length >= SHORTEST));
}
