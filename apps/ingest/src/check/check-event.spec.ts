import * as fc from 'fast-check';
import { SourceEvent } from '#lib/events';
import { anyEvent } from '../../../../test/support/any-event.js';
import { mosaic } from '../sources/mosaic.js';
import { niche } from '../sources/niche.js';
import { checkEvent } from './check-event.js';

const NOW = Date.parse('2026-03-02T12:00:00Z');
const HEAD = { recordId: '4711', sourceVersion: { epoch: 0, position: 1 }, occurredAt: '2026-03-01T09:00:00Z' };
const opened = (more: object = {}) => ({
  type: 'InvolvementOpened',
  ...HEAD,
  involvementId: 'i-1',
  service: 'childrens-social-care',
  ...more,
});
const person = (more: object = {}) => ({ type: 'PersonRecorded', ...HEAD, names: [{ family: 'Baker' }], ...more });

/** Pointer and rule of every problem. */
const broken = (event: unknown, source = mosaic) =>
  (checkEvent(event, source, NOW).problems ?? []).map(({ pointer, rule }) => `${pointer} ${rule}`).sort();

describe('An event at the door', () => {
  it('is taken, with the source from the address, when it keeps every rule', () => {
    expect(checkEvent(opened(), mosaic, NOW).event).toMatchObject({ source: 'mosaic', involvementId: 'i-1', openedOn: null });
  });

  it('is told every problem at once: shape and sense together', () => {
    const wrong = opened({
      service: 'police',
      openedOn: '2026-02-30',
      coordinating: 'yes',
      teem: 'North',
      occurredAt: '2030-01-01T00:00:00Z',
    });
    expect(broken(wrong)).toEqual([
      '/coordinating right-type',
      '/occurredAt not-in-future',
      '/openedOn real-date',
      '/service service-of-source',
      '/teem known-field',
    ]);
  });

  it.each([5, null, 'InvolvementOpened', [], true])('is refused when it is no object: %j', (event) => {
    expect(broken(event)).toEqual([' right-type']);
  });

  it('is told the events that exist when its type is unknown or missing', () => {
    const [problem] = checkEvent(opened({ type: 'InvolvmentOpened' }), mosaic, NOW).problems!;
    expect(problem).toMatchObject({ pointer: '/type', rule: 'known-code', fix: expect.stringMatching(/^Did you mean InvolvementOpened/) });
    expect(broken({ ...HEAD })).toEqual(['/type required']);
  });

  it('is told the codes of the list, and the nearest', () => {
    const [problem] = checkEvent(person({ gender: 'femal' }), mosaic, NOW).problems!;
    expect(problem).toMatchObject({ rule: 'known-code', expected: 'one of female, male, other, not-known, not-stated' });
    expect(problem?.fix).toContain('Did you mean female');
  });

  it('is told what an unknown field may have meant', () => {
    const [problem] = checkEvent(person({ date_of_birth: '2014-03-09' }), mosaic, NOW).problems!;
    expect(problem).toMatchObject({ pointer: '/date_of_birth', rule: 'known-field', fix: 'Did you mean dateOfBirth?' });
  });

  it('is told once of a number that is wrong in several ways', () => {
    const text = '{"sourceVersion":{"epoch":0,"position":9007199254740993}}';
    const event = { ...opened(), ...(JSON.parse(text) as object) };
    const finding = { rule: 'number-exact', path: ['sourceVersion', 'position'] } as const;
    expect(checkEvent(event, mosaic, NOW, [{ ...finding, path: [...finding.path] }]).problems).toMatchObject([
      { pointer: '/sourceVersion/position', rule: 'number-exact' },
    ]);
  });

  it('is told 50 problems at most, and that there are more', () => {
    const problems = checkEvent(opened(Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`x${n}`, n]))), mosaic, NOW).problems!;
    expect(problems).toHaveLength(51);
    expect(problems.at(-1)).toMatchObject({ rule: 'not-too-many-problems' });
  });

  it.each([
    ['another source’s name', opened({ source: 'niche' }), ['/source source-in-address']],
    ['a number as its own name', opened({ source: 5 }), ['/source source-in-address']],
    ['details of another service', opened({ details: { housing: {} } }), ['/details/housing details-of-service']],
    [
      'an end in the far future',
      { type: 'InvolvementClosed', ...HEAD, involvementId: 'i', closedOn: '2090-01-01' },
      ['/closedOn not-in-far-future'],
    ],
    ['a record replaced by itself', { type: 'RecordReplaced', ...HEAD, newRecordId: '4711' }, ['/newRecordId another-record']],
    ['a name without a name', person({ names: [{ kind: 'alias' }] }), ['/names/0 name-not-empty']],
    [
      'a link that is to end',
      { type: 'RelationshipEnded', ...HEAD, relationshipId: 'r', endedOn: '2026-06-01' },
      ['/endedOn not-in-future'],
    ],
    ['a name of marks that nobody sees', person({ names: [{ family: '\u200b\u202e' }] }), ['/names/0/family text-not-empty']],
    ['a birth in the future', person({ dateOfBirth: { date: '2026-05-01', precision: 'day' } }), ['/dateOfBirth/date birth-not-in-future']],
    [
      'a birth expected in years',
      person({ dateOfBirth: { date: '2031-05-01', precision: 'expected' } }),
      ['/dateOfBirth/date birth-not-in-future'],
    ],
    [
      'a death before birth',
      person({ dateOfBirth: { date: '2014-03', precision: 'month' }, deceasedOn: '2014-02-28' }),
      ['/deceasedOn death-not-before-birth'],
    ],
    ['a death in the future', person({ deceasedOn: '2026-04-01' }), ['/deceasedOn death-not-in-future']],
    [
      'a date more precise than known',
      person({ dateOfBirth: { date: '2014-03-09', precision: 'month' } }),
      ['/dateOfBirth/date date-matches-precision'],
    ],
    ['no names at all', person({ names: [] }), ['/names not-too-few']],
    ['a NUL', person({ names: [{ family: 'Ba\u0000ker' }] }), ['/names/0/family text-no-control-characters']],
    ['half a character', person({ names: [{ family: 'Ba\ud800ker' }] }), ['/names/0/family text-well-formed']],
    ['an empty name', person({ names: [{ family: '   ' }] }), ['/names/0/family text-not-empty']],
    ['an endless name', person({ names: [{ family: 'x'.repeat(201) }] }), ['/names/0/family not-too-long']],
    ['null where a value must be', person({ names: null }), ['/names right-type']],
    ['a time without a zone', opened({ occurredAt: '2026-03-01T09:00:00' }), ['/occurredAt instant']],
    [
      'a version below zero',
      opened({ sourceVersion: { epoch: -1, position: 0.5 } }),
      ['/sourceVersion/epoch number-in-range', '/sourceVersion/position right-type'],
    ],
  ])('is refused for %s', (_, event, problems) => {
    expect(broken(event)).toEqual(problems);
  });

  it('is refused when it claims to have looked further than now, or at another’s service', () => {
    const checked = {
      type: 'SourceChecked',
      sourceVersion: HEAD.sourceVersion,
      occurredAt: HEAD.occurredAt,
      service: 'school',
      completeTo: '2026-03-02T13:00:00Z',
    };
    expect(broken(checked, niche)).toEqual(['/completeTo not-in-future', '/service service-of-source']);
  });

  it.each([
    ['an unborn child with an expected date', person({ dateOfBirth: { date: '2026-07-01', precision: 'expected' } })],
    ['a year alone', person({ dateOfBirth: { date: '2014', precision: 'year' }, deceasedOn: '2014-01-01' })],
    ['one name only', person({ names: [{ given: ['Björk'] }] })],
    ['an end planned for next summer', { type: 'InvolvementClosed', ...HEAD, involvementId: 'i', closedOn: '2026-07-31' }],
  ])('is taken with %s', (_, event) => {
    expect(broken(event)).toEqual([]);
  });

  it('is taken whatever it says, in any script, so long as it keeps the contract', () => {
    fc.assert(
      fc.property(anyEvent('childrens-social-care'), (event) => {
        expect(broken(event)).toEqual([]);
        expect(checkEvent(event, mosaic, NOW).event).toEqual(SourceEvent.parse({ ...event, source: 'mosaic' }));
      }),
      { numRuns: 300 },
    );
  });

  it('never hears its own values back, nor words that stand where fields should', () => {
    const secret = 'Thomas Baker 07700 900123';
    const strange = fc.dictionary(
      fc.constantFrom(secret, `${secret}/x`, 'names'),
      fc.constantFrom(secret, { [secret]: [secret] }, [secret], 5),
      { maxKeys: 3 },
    );
    const damaged = fc.tuple(anyEvent('childrens-social-care'), strange, fc.boolean());
    fc.assert(
      fc.property(damaged, ([event, more, replace]) => {
        const sent = { ...(replace ? (replaceTexts(event, secret) as object) : event), ...more };
        const findings = [{ rule: 'key-once' as const, path: ['names', secret, 1] }];
        expect(JSON.stringify(checkEvent(sent, mosaic, NOW, findings).problems)).not.toMatch(/Thomas|07700/);
      }),
    );
  });
});

/** Puts the same text wherever one stands, but for the type. */
function replaceTexts(value: unknown, text: string): unknown {
  if (Array.isArray(value)) return value.map((item) => replaceTexts(item, text));
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? text : value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, key === 'type' ? inner : replaceTexts(inner, text)]));
}
