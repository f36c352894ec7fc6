import type { Queryable } from '#lib/read-model';

/** What became of events of one source, published on one day. Received = the sum of the others. */
export interface Counts {
  received: number;
  applied: number;
  superseded: number;
  erased: number;
  parked: number;
  discarded: number;
}

/** Source of a message that does not say whose it is. */
const UNREADABLE = '(unreadable)';

/** What a run of messages comes to, by source and day of publishing. */
export class Tally {
  private readonly days = new Map<string, Map<string, Counts>>();

  /** @param publishedAt milliseconds since 1970 @returns the counts to add to */
  of(source: string | null, publishedAt: number): Counts {
    const day = londonDay(publishedAt);
    const name = source ?? UNREADABLE;
    let sources = this.days.get(day);
    if (!sources) this.days.set(day, (sources = new Map()));
    let counts = sources.get(name);
    if (!counts) sources.set(name, (counts = { received: 0, applied: 0, superseded: 0, erased: 0, parked: 0, discarded: 0 }));
    return counts;
  }

  /** Adds what was counted to what is kept, in the transaction that moves the checkpoint: so every event is counted once. */
  async note(client: Queryable, schema: string, { topic, partition }: { topic: string; partition: number }): Promise<void> {
    const rows = [...this.days].flatMap(([day, sources]) => [...sources].map(([source, counts]) => ({ day, source, ...counts })));
    if (rows.length === 0) return;
    // Every writer takes the rows in this order, so that none waits for another in a circle.
    rows.sort((a, b) => (a.source + a.day < b.source + b.day ? -1 : 1));
    await client.query({ name: `tally ${schema}`, text: addTo(schema) } as never, [
      topic,
      partition,
      rows.map(({ source }) => source),
      rows.map(({ day }) => day),
      ...COUNTED.map((outcome) => rows.map((row) => row[outcome])),
    ]);
  }
}

const COUNTED = ['received', 'applied', 'superseded', 'erased', 'parked', 'discarded'] as const;

const addTo = (schema: string) => `
  INSERT INTO ${schema}.tally AS held (topic, partition, source, day, ${COUNTED.join(', ')})
  SELECT $1, $2, given.* FROM unnest($3::text[], $4::text[], ${COUNTED.map((_, at) => `$${at + 5}::bigint[]`).join(', ')}) AS given
  ON CONFLICT (topic, partition, source, day) DO UPDATE SET
    ${COUNTED.map((outcome) => `${outcome} = held.${outcome} + excluded.${outcome}`).join(', ')}`;

const HOUR = 3_600_000;
const CALENDAR = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/London', year: 'numeric', month: '2-digit', day: '2-digit' });
const days = new Map<number, string>();

/** The day (YYYY-MM-DD) in Europe/London, whose offset is whole hours: one look at the calendar serves an hour of events. */
export function londonDay(at: number): string {
  const hour = Math.floor(at / HOUR);
  let day = days.get(hour);
  if (day === undefined) {
    if (days.size > 10_000) days.clear();
    days.set(hour, (day = CALENDAR.format(hour * HOUR)));
  }
  return day;
}
