import { type Authority, databaseName, servicesAnsweredBy, sourcesAnsweredBy } from '../authority.js';
import type { Reader } from '../sign-in/reader.js';

/** Of the problems that no source is asked about. */
const ANALYSTS_ALONE = 'data-analysts';

/** What problems a reader answers for, or of these what they have chosen: sources, and services of which data analysts are asked alone. */
export interface AnsweredFor {
  sources: string[];
  services: string[];
}

/** What the reader has chosen to look at, of an address: kept from problem to problem, so that the list they come back to is the one they left. Null: all. */
export function chosenIn({ source }: Record<string, unknown>, reader: Reader, authority: Authority): string | null {
  return choicesFor(reader, authority).find(({ value }) => value === source)?.value ?? null;
}

/** Databases to choose from, by their names; nothing where there is but one. */
export function choicesFor(reader: Reader, authority: Authority): { value: string; text: string }[] {
  const { sources, services } = answeredBy(reader, authority);
  const choices = sources.map((id) => ({ value: id, text: databaseName(authority, id) }));
  if (services.length > 0) choices.push({ value: ANALYSTS_ALONE, text: 'None: the data analysts alone' });
  return choices.length > 1 ? choices : [];
}

/** @param chosen of `chosenIn` */
export function answeredFor(reader: Reader, authority: Authority, chosen: string | null): AnsweredFor {
  const { sources, services } = answeredBy(reader, authority);
  if (chosen === null) return { sources, services };
  return chosen === ANALYSTS_ALONE ? { sources: [], services } : { sources: sources.filter((id) => id === chosen), services: [] };
}

const answeredBy = (reader: Reader, authority: Authority): AnsweredFor => ({
  sources: sourcesAnsweredBy(reader, authority),
  services: servicesAnsweredBy(reader, authority),
});

/** Behind an address, with its question mark; nothing where nothing was chosen. */
export const chosenPart = (chosen: string | null): string =>
  chosen === null ? '' : `?${new URLSearchParams({ source: chosen }).toString()}`;
