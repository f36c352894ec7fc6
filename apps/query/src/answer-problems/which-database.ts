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
  const choices = choosable(reader, authority);
  if (choices.length <= 1) return [];
  return choices.map((value) => ({
    value,
    text: value === ANALYSTS_ALONE ? 'None: the data analysts alone' : databaseName(authority, value),
  }));
}

/** What can be chosen, be it the only one. */
export function choosable(reader: Reader, authority: Authority): string[] {
  const { sources, services } = answeredBy(reader, authority);
  return services.length > 0 ? [...sources, ANALYSTS_ALONE] : sources;
}

/** @param chosen of `chosenIn`, or `choosable`; anything else is nothing that they answer for */
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
