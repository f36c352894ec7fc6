import { z } from 'zod';
import { SourceFreshness } from '../source-freshness.js';

/** An answer as it leaves: the result with how fresh it is, per source, and which build of the read model it came from. */
export const answerSchema = (result: z.ZodType, id: string) =>
  z
    .object({
      result,
      generation: z.int().describe('Build of the read model that answered'),
      askedAt: z.int().describe('Milliseconds since 1970'),
      sources: z.array(SourceFreshness),
      requestId: z.string(),
    })
    .meta({ id });
