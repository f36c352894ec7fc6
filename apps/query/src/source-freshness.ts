import { SERVICES, silenceOf, type Source } from '#lib/events';
import { z } from 'zod';
import { instantWords } from './day-words.js';

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
    /** Far fewer of these than it held within a day before that instant, and nobody has said yet that it is right. */
    dropped: z.object({ what: z.enum(['records', 'open-involvements']), since: z.number() }).nullable(),
    /** Whom to ring. */
    desk: z.object({ name: z.string(), phone: z.string(), outOfHoursPhone: z.string() }),
    /** The whole sentence for a late source; null when it is not late. */
    lateWords: z.string().nullable(),
    /** The whole sentence for a source that holds far fewer records than before; null when it does not. */
    droppedWords: z.string().nullable(),
  })
  .meta({ id: 'SourceFreshness' });
export type SourceFreshness = z.output<typeof SourceFreshness>;

/** What the read model holds about a source and its service; null where it has not been heard. */
export interface SourceHeard {
  lastHeardAt: number | null;
  completeTo: number | null;
  coversFrom: string | null;
  coversTo: string | null;
  area: string | null;
  matched: boolean;
  heldBack: boolean;
  dropped: SourceFreshness['dropped'];
}

/** Lays the agreed times of the settings over what was heard. @param now milliseconds since 1970 */
export function freshnessOf(source: Source, heard: SourceHeard, now: number): SourceFreshness {
  const { id, name, service, desk, expectedEvery, silence } = source;
  const { late } = silenceOf(source, heard, now);
  const expectedWords = everyWords(expectedEvery);
  const ring = `Ring ${desk.name}: ${desk.phone}, out of hours ${desk.outOfHoursPhone}.`;
  const lateWords = late ? `${silenceWords(heard, now, silence)} It is expected ${expectedWords}. ${ring}` : null;
  const droppedWords = heard.dropped && `${name} ${fewerWords(heard.dropped)}: some may be missing. ${ring}`;
  return { source: id, name, service, serviceName: SERVICES[service], ...heard, late, expectedWords, desk, lateWords, droppedWords };
}

/** "holds far fewer records since 23 Nov 2026 at 09:14" */
const fewerWords = ({ what, since }: Dropped) => `holds far fewer ${FEWER[what]} since ${instantWords(since)}`;

type Dropped = NonNullable<SourceFreshness['dropped']>;
/** What a source holds fewer of, in words. */
export const FEWER: Record<Dropped['what'], string> = { records: 'records', 'open-involvements': 'open involvements' };

function silenceWords({ lastHeardAt, completeTo }: SourceHeard, now: number, silence: number): string {
  if (lastHeardAt === null) return 'This source has not been heard from yet.';
  if (completeTo !== null && now - lastHeardAt <= silence * 1000)
    return `This source has not said that it is complete since ${instantWords(completeTo)}.`;
  return `This source has not been heard from since ${instantWords(lastHeardAt)}.`;
}

const UNITS = [
  { name: 'day', seconds: 86_400 },
  { name: 'hour', seconds: 3_600 },
  { name: 'minute', seconds: 60 },
  { name: 'second', seconds: 1 },
];

/** 900 → "every 15 minutes", 86400 → "every day". */
export function everyWords(seconds: number): string {
  const unit = UNITS.find((unit) => seconds % unit.seconds === 0)!;
  const count = seconds / unit.seconds;
  return count === 1 ? `every ${unit.name}` : `every ${count} ${unit.name}s`;
}
