import { EXPORTED_AT, eventsOf, readRow } from '../../../../test/support/row-of.js';
import { mosaic } from '../sources/mosaic.js';
import { niche } from '../sources/niche.js';
import { northbridgeHomes } from '../sources/northbridge-homes.js';
import { synergy } from '../sources/synergy.js';

const PERSON = { PERSON_ID: '4711', LAST_NAME: 'Baker', FIRST_NAMES: 'Thomas' };
const ALLOCATION = { PERSON_ID: '4711', ALLOCATION_ID: 'A1', START_DATE: '14/05/2024' };
const told = (read: ReturnType<typeof readRow>) => read.problems.map(({ column, rule, outcome }) => `${column} ${rule} ${outcome}`);

describe('A row', () => {
  it('becomes events at the version of its export, all of one version', () => {
    const { facts } = readRow(mosaic, 'allocations', { ...ALLOCATION, END_DATE: '01/03/2026', END_REASON: 'Plan ended' });
    expect(facts[0]).toMatchObject({ kind: 'involvement', id: 'A1', recordId: '4711', state: 'ended', service: 'childrens-social-care' });
    expect(facts[0]!.events.map(({ checked }) => [checked.type, checked.sourceVersion])).toEqual([
      ['InvolvementUpdated', { epoch: 1, position: EXPORTED_AT * 1000 }],
      ['InvolvementClosed', { epoch: 1, position: EXPORTED_AT * 1000 }],
    ]);
    expect(facts[0]!.events[1]!.checked).toMatchObject({ closedOn: '2026-03-01', reason: 'Plan ended', occurredAt: EXPORTED_AT });
  });

  it('whose end is still to come is open', () => {
    expect(eventsOf(mosaic, 'allocations', { ...ALLOCATION, END_DATE: '01/03/2027' })).toMatchObject([{ type: 'InvolvementOpened' }]);
  });

  it('that the source deleted takes back what it said', () => {
    expect(readRow(mosaic, 'allocations', { ...ALLOCATION, DELETED: 'Y' }).facts).toMatchObject([
      { state: 'gone', events: [{ checked: { type: 'InvolvementRetracted', involvementId: 'A1' } }] },
    ]);
    expect(readRow(mosaic, 'people', { ...PERSON, DELETED: 'Y' }).facts).toMatchObject([
      { state: 'gone', events: [{ checked: { type: 'PersonRemoved', reason: 'entered-in-error' } }] },
    ]);
  });

  it('leaves out the groups in which it says nothing', () => {
    const [event] = eventsOf(mosaic, 'people', { ...PERSON, POST_CODE: 'NB1 4QT' });
    expect(event).toMatchObject({ names: [{ family: 'Baker', given: ['Thomas'] }], addresses: [{ postcode: 'NB1 4QT' }] });
    expect(event).not.toHaveProperty('identifiers');
    expect(eventsOf(mosaic, 'allocations', ALLOCATION)[0]).not.toHaveProperty('practitioner');
  });
});

describe('What is wrong in a row', () => {
  it('is told all at once, masked, with what to do', () => {
    const read = readRow(mosaic, 'people', { ...PERSON, DATE_OF_BIRTH: '31/02/2014', POST_CODE: '12345', TELEPHONE: 'ask Priya' });
    expect(told(read)).toEqual(['DATE_OF_BIRTH real-date left-out', 'POST_CODE postcode left-out', 'TELEPHONE telephone left-out']);
    expect(read.problems[0]).toMatchObject({ row: 2, masked: '99/99/9999', fix: expect.stringContaining('Correct the date') });
    expect(read.problems[2]!.masked).toBe('aaa Aaaaa');
    expect(read.facts).toHaveLength(1);
  });

  it('does not cost the row where it can do without', () => {
    const { facts, problems } = readRow(mosaic, 'people', { ...PERSON, DATE_OF_BIRTH: '14/05/2030' });
    expect(problems).toMatchObject([{ column: 'DATE_OF_BIRTH', rule: 'birth-not-in-future', outcome: 'left-out' }]);
    expect(facts[0]!.events[0]!.checked).toMatchObject({ dateOfBirth: null });
  });

  it('takes its smallest group with it', () => {
    const { facts, problems } = readRow(niche, 'nominals', {
      'Nominal ref': 'N1',
      Surname: 'BAKER',
      'Other offences': 'N',
      'Offence 1 date': '01/02/2020',
      'Offence 1 type': 'Jaywalking',
      'Offence 1 role': 'Suspect',
      'Offence 2 type': 'Robbery',
      'Offence 2 role': 'Convicted',
    });
    expect(problems.map(({ column, outcome }) => [column, outcome])).toContainEqual(['Offence 1 type', 'left-out']);
    expect(facts[1]!.events[0]!.checked).toMatchObject({ details: { police: { offences: [{ type: 'robbery', nature: 'convict' }] } } });
  });

  it.each([
    ['a missing name', 'people', { ...PERSON, LAST_NAME: 'Unknown', FIRST_NAMES: '' }],
    ['a mark of confidentiality that can’t be read', 'people', { ...PERSON, ADDRESS_CONFIDENTIAL: 'maybe' }],
    ['a restriction that can’t be read', 'people', { ...PERSON, RESTRICTED: 'see file' }],
    ['a deletion that can’t be read', 'people', { ...PERSON, DELETED: 'perhaps' }],
    ['an end that can’t be read', 'allocations', { ...ALLOCATION, END_DATE: '31/02/2026' }],
    [
      'a relationship nobody knows',
      'relationships',
      { PERSON_ID: '1', RELATED_PERSON_ID: '2', RELATIONSHIP_ID: 'R', RELATIONSHIP: 'Godmother' },
    ],
    ['a link to itself', 'relationships', { PERSON_ID: '1', RELATED_PERSON_ID: '1', RELATIONSHIP_ID: 'R', RELATIONSHIP: 'Mother' }],
  ])('refuses what it says where %s would make it say something else', (_, table, cells) => {
    const read = readRow(mosaic, table, cells);
    expect(read.facts).toEqual([]);
    expect(read.refused).toMatchObject([{ id: expect.any(String) }]);
    expect(read.problems.some(({ outcome }) => outcome === 'refused')).toBe(true);
  });

  it('refuses one fact of a row and keeps the other', () => {
    const read = readRow(northbridgeHomes, 'tenancies', { 'Person ref': 'P1', Surname: 'Baker', 'Tenancy ref': '' });
    expect(read.facts).toMatchObject([{ kind: 'person' }]);
    expect(read.refused).toEqual([{ kind: 'involvement', id: null }]);
    expect(told(read)).toContain('Tenancy ref required refused');
  });

  it('is told in words of rows and columns, where the rule is one of events and their fields', () => {
    const nameless = readRow(mosaic, 'people', { PERSON_ID: '4711' });
    expect(nameless.problems).toMatchObject([
      {
        column: 'LAST_NAME, FIRST_NAMES, PREVIOUS_NAME, FIRST_NAMES_THEN',
        rule: 'required',
        expected: 'something in at least one of these columns',
        fix: 'Fill one of them in: the row can’t be told without.',
      },
    ]);
    const [unborn] = readRow(mosaic, 'people', { ...PERSON, DATE_OF_BIRTH: '14/05/2030' }).problems;
    expect(unborn!.fix).toBe('Correct the date. The day on which an unborn child is expected belongs into EXPECTED_DELIVERY_DATE.');
    const [elsewhere] = readRow(synergy, 'pupils', {
      'Student ID': 'X1',
      'Legal surname': 'Baker',
      'Date of birth': '14/05/2030',
    }).problems;
    expect(elsewhere!.fix).toBe('Correct the date. For a child who is not born yet leave it empty.');
  });

  it('of a group names the one column that is missing, and nothing where its cell could not be read', () => {
    const tenancy = { 'Person ref': 'P1', Surname: 'Baker', 'Tenancy ref': 'T1', 'Tenancy start': '05/06/2020', 'Arrears case': 'Open' };
    const unread = readRow(northbridgeHomes, 'tenancies', { ...tenancy, 'ASB case': 'Maybe', 'ASB date': '01/02/2026' });
    expect(unread.problems.map(({ column, rule, outcome }) => [column, rule, outcome])).toEqual([['ASB case', 'known-word', 'left-out']]);
    const missing = readRow(northbridgeHomes, 'tenancies', { ...tenancy, 'ASB date': '01/02/2026' });
    expect(missing.problems).toMatchObject([
      { column: 'ASB case', rule: 'required', outcome: 'left-out', fix: 'Fill it in: what belongs to it can’t be told without.' },
    ]);
    for (const { facts } of [unread, missing])
      expect(facts[1]!.events[0]!.checked).toMatchObject({
        details: { housing: { antiSocialBehaviour: null, rentArrears: { state: 'open' }, tenancyStartedOn: '2020-06-05' } },
      });
  });

  it('never repeats a value', () => {
    const read = readRow(synergy, 'pupils', { 'Student ID': '1.2E+11', 'Legal surname': 'x'.repeat(300), 'Date of birth': 'Zebedee' });
    expect(read.problems.length).toBeGreaterThan(1);
    expect(JSON.stringify(read.problems)).not.toMatch(/Zebedee|xxx|1\.2E/);
  });
});
