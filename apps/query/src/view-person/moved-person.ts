import { z } from 'zod';

/** A person id is no longer used: look under `movedTo`, through that child where the way goes through one. */
export const MovedPerson = z
  .object({
    movedTo: z.guid(),
    child: z.guid().nullable().default(null),
    /** Its records are several people's now: `movedTo` has most of them, and whom the reader means is asked (`ChoosePart`). */
    split: z.literal(true).optional(),
  })
  .meta({ id: 'MovedPerson' });
export type MovedPerson = z.output<typeof MovedPerson>;
export const hasMoved = (result: object): result is MovedPerson => 'movedTo' in result;
