import { z } from 'zod';

/** One of the codes that these labels are for. */
export const codesOf = <Code extends string>(labels: Record<Code, string>) => z.enum(Object.keys(labels) as [Code, ...Code[]]);
