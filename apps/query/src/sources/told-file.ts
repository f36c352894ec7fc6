import { z } from 'zod';

const count = z.int().min(0);
const instant = z.iso.datetime().transform((text) => Date.parse(text));

const Counts = z.object({
  rows: count,
  skipped: count,
  unreadable: count,
  facts: count,
  new: count,
  changed: count,
  ended: count,
  gone: count,
  unchanged: count,
  repeated: count,
  refused: count,
  /** Files that were read before these were told apart have none. */
  erased: count.default(0),
  disappeared: count,
});
export type Counts = z.output<typeof Counts>;

const RowProblem = z.object({
  row: count,
  column: z.string(),
  rule: z.string(),
  expected: z.string(),
  fix: z.string(),
  /** The form of what stands there, never what it says. */
  masked: z.string(),
  outcome: z.enum(['refused', 'left-out']),
});

/** A file as ingest tells of it: counts, columns, rules, and never a value. Instants are milliseconds since 1970. */
export const ToldFile = z.object({
  id: z.uuid(),
  table: z.string(),
  rows: z.enum(['all', 'changes']),
  state: z.enum(['waiting', 'waiting-for-second', 'checked', 'publishing', 'published', 'refused', 'let-go']),
  exportedAt: instant,
  received: z.object({ at: instant, from: z.string(), bytes: count, encoding: z.string() }),
  preview: z.object({
    refusal: z.enum(['empty', 'no-csv', 'columns-missing', 'columns-twice', 'cut']).nullable(),
    counts: Counts,
    taken: z.array(z.object({ column: z.string(), header: z.string() })),
    /** Of files that were sent before dates were looked at there is none. */
    dates: z.array(z.object({ column: z.string(), dayFirst: count, monthFirst: count, either: count })).default([]),
    /** Files that were sent before these were counted have none. */
    shortIds: z.array(z.object({ column: z.string(), digits: count, ids: count })).default([]),
    unread: count,
    /** Files that were sent before they were named have none. */
    unreadNames: z.array(z.string()).default([]),
    problems: count,
    /** Not known of files that were sent before it was counted. */
    couldDisappear: count.nullable().default(null),
    disappearingShare: z.number(),
    nothingDisappears: z.boolean(),
    needsSecond: z.array(z.enum(['many-disappear', 'few-rows'])),
  }),
  confirmedBy: z.string().nullable(),
  approvedBy: z.string().nullable(),
  publishedAt: instant.nullable(),
  receipt: z
    .object({
      counts: Counts,
      published: count,
      completeTo: instant.nullable(),
      notComplete: z
        .enum(['rows-refused', 'changes-without-a-complete-file', 'other-tables-missing', 'another-door-stands-still'])
        .nullable(),
    })
    .nullable(),
  problems: z.array(RowProblem).default([]),
});
export type ToldFile = z.output<typeof ToldFile>;

/** The files of a source, newest first, and the tables of which it may send some. */
export const ToldFiles = z.object({
  tables: z.array(
    z.object({ name: z.string(), title: z.string(), columns: z.array(z.object({ name: z.string(), expected: z.string() })) }),
  ),
  files: z.array(ToldFile),
});
export type ToldFiles = z.output<typeof ToldFiles>;
