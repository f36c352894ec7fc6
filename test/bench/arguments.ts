import { parseArgs } from 'node:util';

const USUAL = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as const;
const MEASURES = [...USUAL, 'beside', 'cdc', 'csv', 'curve', 'landing', 'match', 'matching', 'size'] as const;
export type Measure = (typeof MEASURES)[number];

export const HELP = `npm run bench -- [options]

  (a) raw limit: the projector's rows, written from memory by prepared unnest
  (b) projector: events waiting in the log, one process and two: events per second beside (a) and (f), peak memory
  (c) freshness: acknowledged to readable through REST, at 500 events per second; and while a rebuild runs
  (d) reading: person page and search over REST with durable audit, 20 connections, beside the same SQL by raw pg
  (e) ingest: events per second over HTTP in batches of 500
  (f) the peer: the same facts through the Debezium JDBC sink into the same PostgreSQL, one task and two
  (g) rebuild: a new generation from the whole log, by a process for upkeep: events per second beside (b), peak memory
  (h) redrive: 20,000 parked events, folded again by a process for upkeep
  (cdc) only where asked for: changes captured in a source's own database, a second and until they are in the read model
  (curve) only where asked for: rebuilds of a log that grows tenfold, 0.3, 1 and 3 million events; time and memory at each
  (landing) only where asked for: a tenth of --events in a source's own Kafka topic until they are in the log, and another source's beside that flood
  (match) only where asked for: a third of --events records, matched from nothing and a few thousand more as they come; peak memory;
          then at 100 a second, from publishing a record to its being with its person in the read model
  (beside) only where asked for, (match) with it: another model worked out beside, and switched to: what deciding loses meanwhile
  (matching) only where asked for, without a stack: who is one person in public data, by weights learnt from it without labels
  (size) only where asked for: pages, panels and searches at 1 %, 10 % and all of --people, beside raw pg and PostGraphile
  (csv) only where asked for: a file of a tenth as many rows as --events says: read and compared, published, and the same again

  --only b,c     measure these; what they need is prepared all the same
  --events N     events in the log (300000); of the curve, in its smallest
  --people N     in the read model of (size) (1000000)
  --seconds N    how long (c) and each part of (d) and (size) run (60 and 15)
  --help

Prints one table and writes bench-results/<time>.json. It starts a stack of its own, whose writes reach the disk.
`;

export interface BenchOptions {
  only: ReadonlySet<Measure>;
  events: number;
  people: number;
  freshnessSeconds: number;
  readingSeconds: number;
}

/** @throws Error saying which option is wrong */
export function benchOptions(args: string[]): BenchOptions | 'help' {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string' },
      events: { type: 'string' },
      people: { type: 'string' },
      seconds: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return 'help';
  const only = (values.only?.split(',') ?? [...USUAL]).map((name) => {
    const measure = MEASURES.find((known) => known === name.trim());
    if (!measure) throw new Error(`--only takes ${MEASURES.join(', ')}, not ${name}`);
    return measure;
  });
  const seconds = values.seconds === undefined ? undefined : wholeNumber('--seconds', values.seconds);
  return {
    only: new Set(only),
    events: wholeNumber('--events', values.events ?? '300000'),
    people: wholeNumber('--people', values.people ?? '1000000'),
    freshnessSeconds: seconds ?? 60,
    readingSeconds: seconds ?? 15,
  };
}

function wholeNumber(option: string, text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`${option} takes a whole number, not ${text}`);
  return Number(text);
}
