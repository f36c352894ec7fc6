/** What is just taken, and what is just refused: one day, one second or one problem more. */
import type { Service } from '#lib/events';
import { liquidlogic } from '../sources/liquidlogic.js';
import { mosaic } from '../sources/mosaic.js';
import { checkEvent } from './check-event.js';

const NOW = Date.parse('2026-03-02T12:00:00Z');
const HEAD = { recordId: '4711', sourceVersion: { epoch: 0, position: 1 }, occurredAt: '2026-03-01T09:00:00Z' };
const person = (more: object) => ({ type: 'PersonRecorded', ...HEAD, names: [{ family: 'Baker' }], ...more });
const bornOn = (date: string, precision = 'day') => person({ dateOfBirth: { date, precision } });
const looked = (more: object) => {
  const { sourceVersion, occurredAt } = HEAD;
  return { type: 'SourceChecked', sourceVersion, occurredAt, service: 'childrens-social-care', completeTo: occurredAt, ...more };
};
const broken = (event: unknown, source = mosaic) =>
  (checkEvent(event, source, NOW).problems ?? []).map(({ pointer, rule }) => `${pointer} ${rule}`);

it.each<[string, object, object, string]>([
  ['a birth tomorrow, wherever it is tomorrow', bornOn('2026-03-03'), bornOn('2026-03-04'), '/dateOfBirth/date birth-not-in-future'],
  [
    'a birth expected within a year',
    bornOn('2027-03-03', 'expected'),
    bornOn('2027-03-04', 'expected'),
    '/dateOfBirth/date birth-not-in-future',
  ],
  ['a death tomorrow', person({ deceasedOn: '2026-03-03' }), person({ deceasedOn: '2026-03-04' }), '/deceasedOn death-not-in-future'],
  [
    'a death on the day of birth',
    { ...bornOn('2014-03-09'), deceasedOn: '2014-03-09' },
    { ...bornOn('2014-03-09'), deceasedOn: '2014-03-08' },
    '/deceasedOn death-not-before-birth',
  ],
  [
    'something that happened in a day',
    person({ occurredAt: '2026-03-03T12:00:00Z' }),
    person({ occurredAt: '2026-03-03T12:00:01Z' }),
    '/occurredAt not-in-future',
  ],
  [
    'that it looked in five minutes',
    looked({ completeTo: '2026-03-02T12:05:00Z' }),
    looked({ completeTo: '2026-03-02T12:05:01Z' }),
    '/completeTo not-in-future',
  ],
  [
    'that it covers one day',
    looked({ coversFrom: '2026-01-02', coversTo: '2026-01-02' }),
    looked({ coversFrom: '2026-01-02', coversTo: '2026-01-01' }),
    '/coversTo ends-not-before-start',
  ],
  [
    'an end within a year',
    { type: 'InvolvementClosed', ...HEAD, involvementId: 'i', closedOn: '2027-03-03' },
    { type: 'InvolvementClosed', ...HEAD, involvementId: 'i', closedOn: '2027-03-04' },
    '/closedOn not-in-far-future',
  ],
  [
    'a link that ends tomorrow',
    { type: 'RelationshipEnded', ...HEAD, relationshipId: 'r', endedOn: '2026-03-03' },
    { type: 'RelationshipEnded', ...HEAD, relationshipId: 'r', endedOn: '2026-03-04' },
    '/endedOn not-in-future',
  ],
  [
    'a link to another record',
    { type: 'RelationshipLinked', ...HEAD, relationshipId: 'r', otherRecordId: '4712', relationship: 'parent' },
    { type: 'RelationshipLinked', ...HEAD, relationshipId: 'r', otherRecordId: '4711', relationship: 'parent' },
    '/otherRecordId another-record',
  ],
])('An event may say %s, and no more', (_, taken, refused, problem) => {
  expect([broken(taken), broken(refused)]).toEqual([[], [problem]]);
});

it('A child that is expected may have died', () => {
  expect(broken({ ...bornOn('2026-07-01', 'expected'), deceasedOn: '2026-03-01' })).toEqual([]);
});

it.each<[string, Service]>([
  ['school', 'school'],
  ['adultSocialCare', 'adult-social-care'],
  ['housing', 'housing'],
  ['police', 'police'],
  ['notInEducation', 'not-in-education'],
])('Details of %s stand with their own service alone', (details, service) => {
  const event = (of: Service) => ({ type: 'InvolvementOpened', ...HEAD, involvementId: 'i', service: of, details: { [details]: {} } });
  const refusal = `/details/${details} details-of-service`;
  expect(broken(event(service), liquidlogic)).not.toContain(refusal);
  for (const other of ['school', 'adult-social-care', 'housing', 'police', 'not-in-education', 'early-help'] as const)
    if (other !== service) expect(broken(event(other), liquidlogic)).toContain(refusal);
});

it('Fifty problems are told without saying that there are more', () => {
  const unknown = (count: number) => broken(person(Object.fromEntries(Array.from({ length: count }, (_, at) => [`x${at}`, at]))));
  expect(unknown(50)).toHaveLength(50);
  expect(unknown(50).at(-1)).not.toContain('not-too-many-problems');
  expect(unknown(51)).toHaveLength(51);
  expect(unknown(51).at(-1)).toContain('not-too-many-problems');
});

it('What is found twice is told once', () => {
  const twice = { rule: 'key-once' as const, path: ['names'] };
  expect(checkEvent(person({}), mosaic, NOW, [twice, twice]).problems).toMatchObject([{ pointer: '/names', rule: 'key-once' }]);
});
