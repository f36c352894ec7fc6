import type { InvolvementEvent } from '#lib/events';
import type { Entry } from '../../support/any-log.js';
import { loggedEvent } from '../../support/logged-event.js';
import { reckon, supersededAmong } from './reckon.js';

const SUBJECT = '00000000-0000-0000-0000-000000000001';
const PLAIN = `record ${SUBJECT} plain`;
const told = (...events: InvolvementEvent[]): Entry[] =>
  events.map((event, offset) => ({ log: 'involvement-log', event, place: { subject: SUBJECT, partition: 0, offset } }));
const at = (position: number) => ({ epoch: 1, position });

describe('A record’s row', () => {
  it.each(['PersonRecorded', 'PersonRemoved', 'RecordReplaced'] as const)(
    'holds from the first %s on whose it is, and as which',
    (type) => {
      const said = reckon(told(loggedEvent(type, { source: 'niche', recordId: 'N-7' })));
      expect(said.get(PLAIN)).toEqual({ version: [0, 0, 0], said: [{ source: 'niche', record_id: 'N-7' }] });
    },
  );

  it.each(['InvolvementOpened', 'InvolvementClosed', 'RelationshipLinked', 'SourceChecked'] as const)(
    'is not there by %s alone',
    (type) => {
      const said = reckon(told(loggedEvent(type)));
      expect(said.size).toBeGreaterThan(0);
      expect([...said.keys()].filter((name) => name.startsWith('record '))).toEqual([]);
    },
  );

  it('is not there by a decision alone', () => {
    const decision = { type: 'RecordAssigned', decision: 1, subject: SUBJECT, person: 'p', reason: 'first', modelVersion: '1' } as const;
    const said = reckon([{ log: 'identity-log', decision, place: { partition: 0, offset: 0, publishedAt: 5 } }]);
    expect([...said.keys()].sort()).toEqual([`assigned_once p ${SUBJECT} assignment`, `record_person ${SUBJECT} assignment`]);
  });
});

describe('Superseded is', () => {
  const counted = (...events: InvolvementEvent[]) => {
    const entries = told(...events);
    return supersededAmong(entries, reckon(entries));
  };
  const opened = (position: number) => loggedEvent('InvolvementOpened', { sourceVersion: at(position) });
  const closed = (position: number) => loggedEvent('InvolvementClosed', { sourceVersion: at(position) });

  it('what holds nothing any more, in whichever order it came', () => {
    expect([counted(opened(1), opened(2)), counted(opened(2), opened(1))]).toEqual([1, 1]);
  });

  it('nothing that still holds one of its registers', () => {
    expect(counted(opened(1), closed(2))).toBe(0);
    expect(counted(opened(1), closed(2), loggedEvent('InvolvementUpdated', { sourceVersion: at(3) }))).toBe(1);
  });

  it('the same again, but not what was first', () => {
    expect(counted(closed(1), closed(1), closed(1))).toBe(2);
  });
});
