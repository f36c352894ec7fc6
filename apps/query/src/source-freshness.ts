import { z } from 'zod';

/** How fresh one source of one service is, as every answer says. Instants are milliseconds since 1970, days `YYYY-MM-DD`. */
export const SourceFreshness = z
  .object({
    source: z.string(),
    /** The database's name, as workers may know it: "Mosaic". */
    name: z.string(),
    service: z.string(),
    serviceName: z.string(),
    /** When anything was last heard from the source; null: never. */
    lastHeardAt: z.number().nullable(),
    /** Everything the source knew at this instant has arrived; null: it has not said so yet. */
    completeTo: z.number().nullable(),
    coversFrom: z.string().nullable(),
    coversTo: z.string().nullable(),
    area: z.string().nullable(),
    /** Silent for longer than agreed. */
    late: z.boolean(),
    /** "every 15 minutes" */
    expectedWords: z.string(),
    /** Whether every record heard of before `completeTo` has been assigned to a person. */
    matched: z.boolean(),
    /** Whether events of this source are held back that may concern anyone. */
    heldBack: z.boolean(),
    /** Whom to ring. */
    desk: z.object({ name: z.string(), phone: z.string(), outOfHoursPhone: z.string() }),
    /** The whole sentence for a late source; null when it is not late. */
    lateWords: z.string().nullable(),
  })
  .meta({ id: 'SourceFreshness' });
export type SourceFreshness = z.output<typeof SourceFreshness>;
