import { type Authority, databaseName } from '../authority.js';
import { listed } from '../listed-words.js';

/** Sources of a service with a record that a reader has doubted to be this person's: what of it is not shown, and what still is. */
export interface DoubtedOfService {
  withheld: string[];
  shown: string[];
}

/** "A reader has said that a record from Niche may be of another person. What it says is not shown until a data steward has looked." */
export function doubtWordsOf({ withheld, shown }: DoubtedOfService, authority: Authority): string | null {
  const words = [
    ...(withheld.length > 0 ? [`${doubtedFrom(withheld, authority)} What it says is not shown until a data steward has looked.`] : []),
    ...(shown.length > 0
      ? [
          `${doubtedFrom(shown, authority)} It is shown until a data steward has looked: check name, date of birth and address before you rely on it.`,
        ]
      : []),
  ];
  return words.length > 0 ? words.join(' ') : null;
}

const doubtedFrom = (sources: readonly string[], authority: Authority) =>
  `A reader has said that a record from ${listed([...new Set(sources)].map((source) => databaseName(authority, source)))} may be of another person.`;
