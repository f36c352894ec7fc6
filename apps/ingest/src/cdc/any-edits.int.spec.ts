import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { appEnv } from '../../../../test/support/app-env.js';
import { Connector } from '../../../../test/support/captured.js';
import { openIngest, type OpenIngest } from '../../../../test/support/open-ingest.js';
import { loggedEvents } from '../../../../test/support/open-envelopes.js';
import type { SourceEvent } from '#lib/events';
import type { LogMessage } from '#lib/kafka';
import type { Mapping } from '../sources/mapping.js';
import { mosaic } from '../sources/mosaic.js';

const { allocations } = mosaic.captured!.tables;
/** All of the source by this door, and however much is gone is believed. */
const whole: Mapping = {
  ...mosaic,
  captured: { ...mosaic.captured!, covers: 'everything', tables: { allocations: { ...allocations!, goneAtMost: 1 } } },
};

let env: Record<string, string>;
let ingest: OpenIngest;
beforeAll(async () => {
  env = await appEnv();
  ingest = await openIngest(env);
});
afterAll(() => ingest?.close());

const ROW = fc.nat({ max: 3 });
const TEAM = fc.constantFrom('East', 'West', null);
const CHILD = fc.constantFrom('child 1', 'child 2');
const END = fc.constantFrom('2026-11-01', null);
const Edit = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('write' as const), row: ROW, team: TEAM, child: CHILD, end: END }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), row: ROW }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('send again' as const), last: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('kill ingest' as const), last: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lose the place' as const), missed: fc.array(ROW, { maxLength: 2 }) }) },
);

/** What stands of each allocation: the events at its highest version, as a reader would see it. */
async function standing(run: string): Promise<Record<string, object>> {
  const events = (await loggedEvents(env)).map(({ event }) => event as SourceEvent);
  const byFact = Map.groupBy(events, (event) =>
    'involvementId' in event && event.involvementId.startsWith(run) ? event.involvementId : '',
  );
  byFact.delete('');
  const found = [...byFact].map(([id, all]) => {
    const newest = Math.max(...all.map(({ sourceVersion }) => sourceVersion.position));
    const now = all.filter(({ sourceVersion }) => sourceVersion.position === newest);
    const told = now.find((event) => event.type === 'InvolvementOpened' || event.type === 'InvolvementUpdated');
    const ended = now.find((event) => event.type === 'InvolvementClosed');
    return [id, told && { child: told.recordId, team: told.team ?? null, end: ended?.closedOn ?? null }] as const;
  });
  return Object.fromEntries(found.filter(([, state]) => state !== undefined)) as Record<string, object>;
}

it('Whatever is edited, killed, sent again and lost on the way: at last the log says what the source’s table says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(Edit, { minLength: 4, maxLength: 14 }), async (edits) => {
      const run = randomUUID();
      const connector = new Connector(whole);
      const table = new Map<number, { child: string; team: string | null; end: string | null }>();
      const sent: LogMessage[] = [];
      // A connector sends again what it streamed; a snapshot that it did not note as done it takes anew, whole.
      let streamed: LogMessage[] = [];
      const cells = (row: number) => {
        const { child, team, end } = table.get(row)!;
        return {
          ALLOCATION_ID: `${run}-${row}`,
          PERSON_ID: `${run} ${child}`,
          START_DATE: '2026-01-05',
          TEAM: team,
          END_DATE: end,
          DELETED: 'N',
        };
      };
      const snapshot = () => [
        ...connector.snapshot([...table.keys()].map((row) => ['allocations', cells(row)] as const)),
        connector.beat(),
      ];
      let changes = ingest.capture(whole);
      const take = async (...messages: LogMessage[]) => {
        sent.push(...messages);
        streamed.push(...messages);
        await changes.take(messages, async () => undefined);
      };
      await ingest.database.query('DELETE FROM ingest.remembered');
      // another topic, from its beginning
      await ingest.database.query('DELETE FROM ingest.captured');
      const takeSnapshot = async () => {
        await take(...snapshot());
        streamed = [];
      };
      await takeSnapshot();
      for (const edit of edits)
        if (edit.do === 'write') {
          const before = table.has(edit.row) ? cells(edit.row) : undefined;
          table.set(edit.row, edit);
          await take(before ? connector.update('allocations', before, cells(edit.row)) : connector.insert('allocations', cells(edit.row)));
        } else if (edit.do === 'delete' && table.has(edit.row)) {
          const before = cells(edit.row);
          table.delete(edit.row);
          await take(connector.delete('allocations', before), connector.tombstone());
        } else if (edit.do === 'send again') await take(...streamed.slice(-edit.last).map((message) => connector.again(message)));
        else if (edit.do === 'kill ingest') {
          changes = ingest.capture(whole);
          await changes.take(sent.slice(-edit.last), async () => undefined);
        } else if (edit.do === 'lose the place') {
          edit.missed.forEach((row) => table.delete(row));
          await takeSnapshot();
        }
      const wanted = [...table].map(([row, { child, team, end }]) => [`${run}-${row}`, { child: `${run} ${child}`, team, end }]);
      expect(await standing(run)).toEqual(Object.fromEntries(wanted));
    }),
    { numRuns: 20 },
  );
});
