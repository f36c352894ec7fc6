import { z } from 'zod';
import { Birth, Death } from './birth.js';

/** An individual linked to the person in the case management system. */
export const Relative = z
  .object({
    person: z.guid(),
    /** "WILLIAMS, Kate" */
    title: z.string(),
    family: z.string().nullable(),
    given: z.array(z.string()),
    birth: Birth.nullable(),
    ...Death.shape,
    /** Code of what they are to the person viewed: `parent`. */
    relationship: z.string(),
    /** "Mother"; where the gender says nothing, "Parent" */
    relationshipWords: z.string(),
    /** What the person viewed is to the relative: "Child". */
    inverseWords: z.string(),
    /** The relative is the main carer of the person viewed / holds parental responsibility for them. */
    mainCarer: z.boolean(),
    parentalResponsibility: z.boolean(),
    /** The person viewed is the relative's main carer / holds parental responsibility for the relative. */
    isTheirMainCarer: z.boolean(),
    hasResponsibilityForThem: z.boolean(),
    startedOn: z.string().nullable(),
    /** "Mosaic" */
    database: z.string(),
    /** When the source stated the link; milliseconds since 1970. */
    statedAt: z.number(),
  })
  .meta({ id: 'Relative' });
export type Relative = z.output<typeof Relative>;

/** The child a person was reached from, and what they are to that child. */
export const ReachedFrom = z
  .object({
    person: z.guid(),
    /** "WILLIAMS, Tommy" */
    title: z.string(),
    /** "Mother"; several where several links are stated. */
    relationshipWords: z.array(z.string()),
  })
  .meta({ id: 'ReachedFrom' });
export type ReachedFrom = z.output<typeof ReachedFrom>;
