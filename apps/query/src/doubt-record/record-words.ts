import { SERVICES } from '#lib/events';
import { londonDay } from '../day-words.js';
import { type Authority, databaseName } from '../authority.js';
import { birthShown } from '../view-person/birth.js';
import { isEstimated } from '../view-person/birth-believed.js';
import { titleOf } from '../view-person/identity-of.js';
import type { StoredRecord } from '../view-person/stored-record.js';

/** "School: Synergy"; of a source that is no longer in the settings, its own word. */
export function sourceWords({ source }: Pick<StoredRecord, 'source'>, authority: Authority): string {
  const service = authority.sources.find(({ id }) => id === source)?.service;
  const database = databaseName(authority, source);
  return service === undefined ? database : `${SERVICES[service]}: ${database}`;
}

/** "School: Synergy. WILLIAMS, Tommy, born 12 May 2012": which of a person's records it is, by what it says itself. */
export function recordWords(record: StoredRecord, authority: Authority, now: number): string {
  const { names, birth, flags } = record;
  const name = names.find(({ kind }) => kind === 'current') ?? names[0];
  const born = birth && birthShown(birth, isEstimated({ flags }), londonDay(now)).words;
  const said = [name ? titleOf(name.family, name.given) : 'no name', born ? `born ${born}` : 'no date of birth'];
  return `${sourceWords(record, authority)}. ${said.join(', ')}`;
}
