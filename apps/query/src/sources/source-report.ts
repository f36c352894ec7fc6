import { z } from 'zod';
import { Score } from './read-score.js';

/** What became of what a source sent, for its team: counts, rules and times. Instants are milliseconds since 1970, days `YYYY-MM-DD` in Europe/London. */
export const SourceReport = z
  .object({
    source: z.string(),
    late: z.boolean(),
    newestPublishedAt: z.number().nullable(),
    completeTo: z.number().nullable().describe('Up to when it is complete, by its own word; null: it has not said so yet'),
    parked: z.number().describe('Events that the index holds back'),
    days: z.array(
      z.object({
        day: z.string(),
        state: z.enum(['on-time', 'late', 'missing', 'not-watched']),
        minutesLate: z.number(),
        events: z.number(),
      }),
    ),
    coverage: z.array(
      z.object({
        service: z.string(),
        completeTo: z.number().nullable(),
        coversFrom: z.string().nullable(),
        coversTo: z.string().nullable(),
        area: z.string().nullable(),
      }),
    ),
    received: z
      .array(z.object({ day: z.string(), accepted: z.number(), refused: z.number() }))
      .describe('Days of the last 30 with any, newest first'),
    refusals: z.array(
      z.object({
        type: z.string().nullable(),
        pointer: z.string().describe('JSON pointer; - for any place in a list'),
        rule: z.string(),
        expected: z.string(),
        fix: z.string(),
        times: z.number(),
        lastAt: z.number(),
      }),
    ),
    score: z.array(Score).describe('Newest week first; the first is as of now'),
  })
  .meta({ id: 'SourceReport' });
export type SourceReport = z.output<typeof SourceReport>;
