import { z } from 'zod';
import { codesOf } from '../codes-of.js';
import { ALL_CATEGORIES, ALL_OUTCOMES } from '../report-problem/problem-categories.js';
import { VALUE_KINDS } from '../view-person/stated-values.js';

/** A problem as the team of a source is asked about it: nothing of the person but the source's own ids, and the value that it is with. Or as the data analysts alone are: nothing but what the person's records are called. */
export const ProblemAsked = z
  .object({
    /** Of this source's part in it: what is answered. */
    id: z.uuid(),
    /** Null: the data analysts are asked alone. */
    source: z.string().nullable(),
    /** "Mosaic" */
    database: z.string().nullable(),
    /** With whose panel it is; null: with a value of the person. */
    service: z.string().nullable(),
    serviceName: z.string().nullable(),
    /** That value; null: it is with a panel. `words` is null where this source’s records do not state it any more, or it may not be told. */
    value: z.object({ kind: codesOf(VALUE_KINDS), kindWords: z.string(), words: z.string().nullable() }).nullable(),
    category: codesOf(ALL_CATEGORIES),
    categoryWords: z.string(),
    /** Milliseconds since 1970, as all instants. */
    reportedAt: z.number(),
    /** The source's own ids of the records it is about; empty where it no longer has any of them, and where no source is asked. */
    recordIds: z.array(z.string()),
    /** The source's own id of the involvement that is meant; null: it is with the whole panel, or with a value. */
    involvementId: z.string().nullable(),
    /** Where the data analysts are asked alone: what records of the person are called, in databases that may be named. Empty where a source is asked. */
    knownAs: z.array(z.object({ source: z.string(), database: z.string(), recordId: z.string() })),
    /** The reader's own words; null: they said nothing more, or it can't be opened any more. */
    words: z.string().nullable(),
    /** Who reported it, where they agreed to be named. */
    reporter: z.object({ name: z.string(), team: z.string() }).nullable(),
    dueAt: z.number(),
    /** Whose answer is awaited now; null: there is one. */
    waitsFor: z
      .object({ who: z.enum(['first-owner', 'second-owner', 'data-analyst']), name: z.string().nullable(), overdue: z.boolean() })
      .nullable(),
    answer: z
      .object({ outcome: codesOf(ALL_OUTCOMES), outcomeWords: z.string(), words: z.string().nullable(), answeredAt: z.number() })
      .nullable(),
  })
  .meta({ id: 'ProblemAsked' });
export type ProblemAsked = z.output<typeof ProblemAsked>;
