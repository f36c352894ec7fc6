import { eventsOf } from '../../../../test/support/row-of.js';
import { northbridgeHomes } from './northbridge-homes.js';

describe('Northbridge Homes', () => {
  it('tells a tenant and the tenancy from one row', () => {
    const row = {
      'Person ref': 'NH/1/2',
      Surname: 'Baker',
      'First names': 'Thomas',
      'Date of birth': '01/01/1900',
      Gender: 'Mr',
      Address: '14 Canal Street',
      Postcode: 'NB1 4QT',
      UPRN: '100012345678',
      'Tenancy ref': '55120',
      'Tenancy start': '01/09/2021',
      'Housing officer': 'Sam Okafor',
      'Arrears case': 'Live',
      'Arrears date': '14/11/2025',
      'ASB case': 'No',
    };
    expect(eventsOf(northbridgeHomes, 'tenancies', row)).toEqual([
      {
        type: 'PersonRecorded',
        recordId: 'NH/1/2',
        names: [{ family: 'Baker', given: ['Thomas'] }],
        gender: 'male',
        addresses: [{ lines: ['14 Canal Street'], postcode: 'NB1 4QT', uprn: '100012345678', from: '2021-09-01' }],
      },
      {
        type: 'InvolvementOpened',
        recordId: 'NH/1/2',
        involvementId: 'TEN-55120-NH/1/2',
        service: 'housing',
        openedOn: '2021-09-01',
        organisation: 'Northbridge Homes',
        practitioner: { name: 'Sam Okafor', role: 'Housing officer' },
        details: {
          housing: {
            association: 'Northbridge Homes',
            tenancyStartedOn: '2021-09-01',
            antiSocialBehaviour: { state: 'none' },
            rentArrears: { state: 'open', on: '2025-11-14' },
          },
        },
      },
    ]);
  });
});
