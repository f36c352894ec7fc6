import { z } from 'zod';
import type { Snapshot } from '../snapshot.js';
import { saidOf } from '../view-person/addresses-said.js';
import { addressesOf, addressShown } from '../view-person/identity-of.js';
import { isSamePlace, wordsOf } from '../view-person/shown-addresses.js';
import type { Member } from './read-members.js';

/** Who of a family is recorded at an address, by which source and since when: never that they live together. */
export const RecordedAt = z
  .object({
    /** "4 Mill Row, NB4 2QT" */
    words: z.string(),
    /** `said`: "from Mosaic and Synergy, since 3 Sep 2026". */
    people: z.array(z.object({ person: z.uuid(), title: z.string(), said: z.string() })),
  })
  .meta({ id: 'RecordedAt' });
export type RecordedAt = z.output<typeof RecordedAt>;

/** At the first one's current address; null where none is held. Addresses that must not be shown count for nobody. */
export function recordedAt([first, ...others]: Member[], { authority, now }: Snapshot): RecordedAt | null {
  const home = first && addressesOf(first.known, authority, now).current;
  if (!home) return null;
  const people = [first, ...others].flatMap(({ known, identity: { person, title } }) => {
    const here = addressesOf(known, authority, now).all.filter((address) => isSamePlace(address, home));
    return here.length === 0 ? [] : [{ person, title, said: saidOf(here.map((address) => addressShown(address, authority))) }];
  });
  return { words: wordsOf(home), people };
}
