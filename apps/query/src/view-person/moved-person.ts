import { z } from 'zod';

/** The person id is no longer used: look under `movedTo`. */
export const MovedPerson = z.object({ movedTo: z.uuid() }).meta({ id: 'MovedPerson' });
export type MovedPerson = z.output<typeof MovedPerson>;
export const hasMoved = (result: object): result is MovedPerson => 'movedTo' in result;
