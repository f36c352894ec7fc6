import type { Authority } from '../authority.js';
import type { StoredRecord } from '../view-person/stored-record.js';

/** Sources of services whose records ask for more before they are matched. */
export function carefulSources({ services, sources }: Pick<Authority, 'services' | 'sources'>): string[] {
  const careful = new Set(services.filter(({ matchedWithCare }) => matchedWithCare).map(({ service }) => service));
  return sources.filter(({ service }) => careful.has(service)).map(({ id }) => id);
}

/** Of each kind of a person's records (known-person.ts), their sources. */
export type Of<Kind extends 'records' | 'doubted' | 'ofOtherAges' | 'silent'> = Record<Kind, readonly Pick<StoredRecord, 'source'>[]>;

/** Whether readers are told of a record of theirs that asks for more; also of one that is held back because a reader has doubted it. */
export function isToldWithCare({ records, doubted }: Of<'records' | 'doubted'>, authority: Authority): boolean {
  const careful = carefulSources(authority);
  return [...records, ...doubted].some(({ source }) => careful.includes(source));
}
