import { eventsOf } from '../../../../test/support/row-of.js';
import { cis } from './cis.js';

describe('CIS', () => {
  it('finds a client again whose number has lost its zeros', () => {
    const client = { 'CIS No': '4711', Surname: 'Baker', Forenames: 'June', DOB: '15-Jun-43', Sex: 'F', 'Previous surname': 'Cook' };
    expect(eventsOf(cis, 'clients', client)).toMatchObject([
      {
        recordId: '00004711',
        dateOfBirth: { date: '1943-06-15' },
        names: [
          { family: 'Baker', given: ['June'] },
          { family: 'Cook', kind: 'former' },
        ],
      },
    ]);
    expect(eventsOf(cis, 'involvements', { 'CIS No': '00004711', 'Involvement No': '9' })).toMatchObject([{ recordId: '00004711' }]);
  });

  it('opens an involvement with the last service and the last contact', () => {
    const row = {
      'CIS No': '1',
      'Involvement No': '9',
      'Start date': '01/02/2024',
      Organisation: 'Northbridge Council',
      'Last service start': '45323',
      'Last contact': '10/11/2026',
    };
    expect(eventsOf(cis, 'involvements', row)).toMatchObject([
      {
        type: 'InvolvementOpened',
        service: 'adult-social-care',
        details: { adultSocialCare: { lastInvolvementStartedOn: '2024-02-01', lastInteractionOn: '2026-11-10' } },
      },
    ]);
  });
});
