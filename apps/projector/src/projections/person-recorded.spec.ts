import { loggedEvent } from '../../../../test/support/logged-event.js';
import { personRecorded } from './person-recorded.js';

const place = { subject: 'a-token', partition: 1, offset: 17 };
const at = Date.parse('2026-05-01T09:00:00Z');

describe('PersonRecorded', () => {
  it('writes the record’s details whole, and that it is there, at the source’s version', () => {
    const writes = personRecorded(
      loggedEvent('PersonRecorded', { dateOfBirth: { date: '2014-03', precision: 'month' }, phone: '01632 960123' }),
      place,
    );
    expect(writes.map(({ register }) => register)).toEqual(['details', 'presence']);
    for (const write of writes) {
      expect(write).toMatchObject({
        key: { subject: 'a-token' },
        plain: { source: 'mosaic', record_id: '20002' },
        epoch: 1,
        position: 7,
        rank: 0,
      });
    }
    expect(writes[0]!.values).toMatchObject({
      names: [{ family: 'Baker', given: ['Thomas'], kind: 'current', from: null, to: null }],
      date_of_birth: '2014-03',
      date_of_birth_precision: 'month',
      phone: '01632 960123',
      restriction: 'none',
      details_at: at,
      confirmed_at: null,
    });
    expect(writes[1]!.values).toEqual({ present: true, removed_reason: null });
  });

  it('finds the person by the keys that a typed search makes', () => {
    const [details] = personRecorded(loggedEvent('PersonRecorded', { names: [{ family: 'O’Brien', given: ['Zoë'] }] }), place);
    expect(details!.values.search_keys).toEqual(expect.arrayContaining(['f:obrien', 'g:zoe', 'c:20002']));
  });

  it('holds nothing of a confidential address, nor of an open one that is the same, and is found by neither', () => {
    const addresses = [
      { lines: ['1 Hidden Lane'], postcode: 'NB8 8ZZ', uprn: '100012345', confidential: true },
      { lines: ['The Mews'], postcode: 'NB9 9AA', uprn: '100012345' },
      { lines: ['4 High Street'], postcode: 'NB2 2BB' },
    ];
    const [details] = personRecorded(loggedEvent('PersonRecorded', { addresses }), place);
    expect(JSON.stringify(details!.values)).not.toMatch(/Hidden|Mews|NB8|NB9|100012345/i);
    const keys = details!.values.search_keys as string[];
    expect(keys.filter((key) => key.startsWith('p:'))).toHaveLength(1);
    expect(details!.values.addresses).toMatchObject([{ confidential: true }, { confidential: true }, { lines: ['4 High Street'] }]);
  });

  it('keeps a restricted record findable: who may see it is decided when it is read', () => {
    const [details] = personRecorded(loggedEvent('PersonRecorded', { restriction: 'sealed' }), place);
    expect(details!.values).toMatchObject({ restriction: 'sealed', search_keys: expect.arrayContaining(['f:baker']) as unknown });
  });
});
