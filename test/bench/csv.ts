import type { SpawnedApp } from '../support/spawned-app.js';
import { answerOf, FileDoor } from '../support/post-file.js';
import { peakMemory } from './peak-memory.js';
import { type Result, whole } from './result.js';

const TARGET = 10_000;
const HEADER = [
  'Person ref,Tenancy ref,Surname,First names,Gender,Date of birth,Telephone,Address,Postcode,UPRN,Tenancy start,Tenancy end,End reason',
  'Patch,Patch telephone,Housing officer,Officer email,ASB case,ASB date,Arrears case,Arrears date,Notice case,Notice date,Eviction case,Eviction date',
].join(',');
const CELLS: Record<string, (n: number) => string> = {
  'Person ref': (n) => `P${n}`,
  'Tenancy ref': (n) => `T${n}`,
  Surname: (n) => `Baker${n % 9_000}`,
  'First names': () => 'Ash',
  Gender: () => 'F',
  'Date of birth': (n) => `${String(13 + (n % 15))}/05/${1950 + (n % 60)}`,
  Telephone: () => '07700 900123',
  Address: (n) => `${n % 200} High Street`,
  Postcode: () => 'NB1 4QT',
  'Tenancy start': () => '20/02/2015',
  Patch: () => 'East',
  'Housing officer': () => 'Jo Reed',
};

/** (csv) A complete file of a housing system by HTTP: read and compared, published, and the same again with nothing changed. A row tells a person and a tenancy. */
export async function measureCsv(ingest: SpawnedApp, rows: number): Promise<Result[]> {
  const columns = HEADER.split(',');
  const lines = [HEADER, ...Array.from({ length: rows }, (_, n) => columns.map((column) => CELLS[column]?.(n) ?? '').join(','))];
  const door = new FileDoor(ingest.url, 'northbridge-homes');
  const at = (hour: number) => `2026-11-20T0${hour}:00:00Z`;
  const timed = async <Answer>(work: () => Promise<Answer>) => {
    const from = performance.now();
    const answer = await work();
    return { answer, perSecond: rows / ((performance.now() - from) / 1000) };
  };
  const compared = await timed(() => door.send('tenancies', at(1), lines));
  const { preview, id } = compared.answer;
  if (preview.counts.new !== 2 * rows) throw new Error(`the file is not what was meant: ${JSON.stringify(preview)}`);
  const published = await timed(async () => answerOf(await door.confirm(id, { rows }), 200));
  const again = await timed(() => door.publish('tenancies', at(2), lines));
  if (again.answer.receipt?.published !== 0) throw new Error('the same file again published something');
  const peak = peakMemory(ingest.pid) / 1e6;
  const line = (what: string, perSecond: number, more = ''): Result => ({
    measure: 'csv',
    what: `CSV, ${whole(rows)} rows: ${what}`,
    result: `${whole(perSecond)} rows/s${more}`,
    target: `${whole(TARGET)}/s`,
    met: perSecond >= TARGET,
    numbers: { perSecond, rows, peakMegabytes: peak },
  });
  return [
    line('read and compared', compared.perSecond),
    line('published, all of it new', published.perSecond, ` (${whole(2 * published.perSecond)} events/s)`),
    line('the same again, sent and confirmed', again.perSecond, ` (peak ${whole(peak)} MB)`),
  ];
}
