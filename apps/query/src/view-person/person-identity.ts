import { z } from 'zod';
import { Birth, Death } from './birth.js';

/** One source's word about something: which, and since when it says so. */
const From = z.object({ source: z.string(), database: z.string() });

export const KnownName = z.object({
  ...From.shape,
  family: z.string().nullable(),
  given: z.array(z.string()),
  kind: z.enum(['current', 'former', 'alias']),
});

export const KnownAddress = z.object({
  ...From.shape,
  /** "4 Mill Row, NB4 2QT" */
  words: z.string(),
  kind: z.string(),
  /** Day the address holds from, when the source says. */
  from: z.string().nullable(),
  to: z.string().nullable(),
  /** When the source last stated it; milliseconds since 1970. */
  statedAt: z.number(),
  /** The same number for addresses of one place, however each source writes it. */
  place: z.number(),
});

export type KnownAddress = z.output<typeof KnownAddress>;

/** Who the person is, from all their records. Family name first. */
export const PersonIdentity = z
  .object({
    person: z.guid(),
    family: z.string().nullable(),
    given: z.array(z.string()),
    /** "WILLIAMS, Tommy": for headings and lists. */
    title: z.string(),
    otherNames: z.array(KnownName),
    birth: Birth.nullable(),
    /** Other dates of birth that sources hold. */
    otherBirths: z.array(z.object({ ...From.shape, ...Birth.shape })),
    /** "Female"; null when no source says. */
    gender: z.string().nullable(),
    ...Death.shape,
    /** "4 Apr 2026, aged 51 yrs". By whom is not said: a service that is left out at this age may be the one, and then its name would be missing. */
    deathWords: z.string().nullable(),
    /** The current address; an address marked confidential at its source appears nowhere. */
    address: KnownAddress.nullable(),
    otherAddresses: z.array(KnownAddress),
    /** Case IDs in the case management system; empty: "Not found in Mosaic". */
    caseIds: z.array(z.string()),
    /** "Mosaic 249012" or "Not found in Mosaic" */
    caseIdWords: z.string(),
    /** What sources say about the quality of the details, as sentences: "Date of birth estimated (Synergy)". */
    flags: z.array(z.string()),
    /** Only a name is known: no date of birth. */
    nameOnly: z.boolean(),
  })
  .meta({ id: 'PersonIdentity' });
export type PersonIdentity = z.output<typeof PersonIdentity>;
