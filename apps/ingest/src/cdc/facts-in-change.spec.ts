import { HaltError } from '#lib/kafka';
import { Connector } from '../../../../test/support/captured.js';
import type { LogMessage } from '#lib/kafka';
import type { Mapping } from '../sources/mapping.js';
import { mosaic } from '../sources/mosaic.js';
import { synergy } from '../sources/synergy.js';
import { factsInChange } from './facts-in-change.js';
import { readChange, type RowChange } from './read-change.js';

function read(message: LogMessage, mapping: Mapping = mosaic) {
  const change = readChange(message, mapping.captured!);
  if (change?.kind !== 'row') throw new Error('no row');
  return factsInChange(mapping, mapping.captured!, change);
}
const eventsOf = (message: LogMessage, mapping?: Mapping) =>
  read(message, mapping).facts.flatMap(({ events }) => events.map(({ sent }) => sent));
const haltOf = (act: () => unknown): string => {
  try {
    act();
    return 'none';
  } catch (error) {
    return (error as HaltError).code;
  }
};

const CHILD = { PERSON_ID: 900001, LAST_NAME: 'Ashdown', FIRST_NAMES: 'Freya', DATE_OF_BIRTH: '2014-06-19Z', DELETED: 'N' };
const ALLOCATION = { ALLOCATION_ID: 910001, PERSON_ID: 900001, START_DATE: '2026-09-14Z', TEAM: 'Assessment East', DELETED: 'N' };
const connector = new Connector(mosaic);

describe('A change of a source’s row', () => {
  it('becomes the same events as the row of a file, at its place in the topic and the time of its commit', () => {
    const message = connector.insert('people', CHILD);
    expect(eventsOf(message)).toEqual([
      {
        type: 'PersonRecorded',
        recordId: '900001',
        sourceVersion: { epoch: 2, position: message.offset },
        occurredAt: '2026-11-20T09:00:00.000Z',
        names: [{ family: 'Ashdown', given: ['Freya'] }],
        dateOfBirth: { date: '2014-06-19', precision: 'day' },
      },
    ]);
  });

  it('that deletes it takes its facts back, and a row that is marked as deleted does the same', () => {
    const deleted = [{ type: 'InvolvementRetracted', recordId: '900001', involvementId: '910001' }];
    expect(eventsOf(connector.delete('allocations', ALLOCATION))).toMatchObject(deleted);
    expect(eventsOf(connector.update('allocations', ALLOCATION, { DELETED: 'Y' }))).toMatchObject(deleted);
    expect(eventsOf(connector.delete('people', CHILD))).toMatchObject([{ type: 'PersonRemoved', recordId: '900001' }]);
  });

  it('that gives it another id takes the old fact back and tells the new one', () => {
    expect(eventsOf(connector.update('people', CHILD, { PERSON_ID: 900009 }))).toMatchObject([
      { type: 'PersonRemoved', recordId: '900001' },
      { type: 'PersonRecorded', recordId: '900009' },
    ]);
  });

  it('that moves an allocation to another child is one fact that moves', () => {
    expect(eventsOf(connector.update('allocations', ALLOCATION, { PERSON_ID: 900002 }))).toMatchObject([
      { type: 'InvolvementOpened', recordId: '900002', involvementId: '910001' },
    ]);
  });

  it('comes out of an outbox the same way', () => {
    const outbox = new Connector(synergy);
    const row = outbox.row('pupils', { 'Student ID': 'S1', 'Legal surname': 'Ashdown', Forename: 'Freya' });
    const inOutbox = { fact: 'pupils', fact_id: 'S1', content: JSON.stringify(row) };
    expect(eventsOf(outbox.change('c', 'outbox', null, inOutbox), synergy)).toMatchObject([{ type: 'PersonRecorded', recordId: 'S1' }]);
    expect(eventsOf(outbox.change('d', 'outbox', inOutbox, null), synergy)).toMatchObject([{ type: 'PersonRemoved', recordId: 'S1' }]);
  });

  it('is refused where the source’s log does not hold a value that is read, by column and never by value', () => {
    const row = { ...CHILD, ADDRESS_CONFIDENTIAL: '__debezium_unavailable_value' };
    const { facts, refused, problems } = read(connector.update('people', CHILD, row));
    expect(facts).toEqual([]);
    expect(refused).toEqual([{ kind: 'person', id: '900001' }]);
    expect(problems).toMatchObject([{ column: 'ADDRESS_CONFIDENTIAL', rule: 'value-known', masked: '' }]);
  });

  it('is refused where a number has lost its last digits on the way', () => {
    const message = connector.insert('people', CHILD);
    const inexact = Buffer.from(message.value!.toString().replace('900001', '900719925474099312'));
    expect(read({ ...message, value: inexact }).refused).toHaveLength(1);
  });
});

describe('Reading halts, and skips nothing', () => {
  it('where a table was emptied at once', () => {
    expect(haltOf(() => readChange(connector.truncate('allocations'), mosaic.captured!))).toBe('source-truncated');
  });

  it('where a column that is read is no longer there: read as empty, an end would reopen', () => {
    const { END_DATE: _, ...without } = connector.row('allocations', ALLOCATION);
    expect(haltOf(() => read(connector.change('c', 'allocations', null, without)))).toBe('source-changed');
  });

  it('where a change comes without its row, or is no JSON', () => {
    expect(haltOf(() => readChange(connector.change('d', 'people', null, null), mosaic.captured!))).toBe('change-unreadable');
    const message = { ...connector.beat(), value: Buffer.from('<xml/>') };
    expect(haltOf(() => readChange(message, mosaic.captured!))).toBe('change-unreadable');
  });

  it('where a message is not a change as the connector writes it: one with its schema around it would be passed over for ever', () => {
    const { value, ...message } = connector.change('c', 'people', null, connector.row('people', CHILD));
    const wrapped = { ...message, value: Buffer.from(JSON.stringify({ schema: {}, payload: JSON.parse(value!.toString()) as object })) };
    expect(haltOf(() => readChange(wrapped, mosaic.captured!))).toBe('change-unreadable');
  });
});

describe('What says nothing', () => {
  it('is a tombstone, the connector’s own heartbeat, another table, and a column more', () => {
    const says = (message: LogMessage) => readChange(message, mosaic.captured!);
    expect(says(connector.tombstone())).toBeUndefined();
    expect(says({ ...connector.tombstone(), value: Buffer.from('{"ts_ms":1}') })).toBeUndefined();
    expect(says(connector.change('c', 'somewhere_else', null, { a: 1 }))).toBeUndefined();
    expect(says(connector.change('t', 'somewhere_else', null, null))).toBeUndefined();
    const more = connector.change('c', 'people', null, { ...connector.row('people', CHILD), ADDED_LATER: 'x' });
    expect(factsInChange(mosaic, mosaic.captured!, says(more) as RowChange).facts).toHaveLength(1);
  });
});
