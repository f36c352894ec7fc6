import { eventsOf } from '../../../../test/support/row-of.js';
import { niche } from './niche.js';

describe('Niche', () => {
  it('tells offences that stand side by side, and never an end', () => {
    const row = {
      'Nominal ref': 'NB-N1',
      Surname: 'BAKER',
      Forenames: 'THOMAS',
      DOB: '01/01/1901',
      Sex: '1',
      District: 'North division',
      'Offence 1 date': '11/02/2024',
      'Offence 1 type': 'Violence without injury',
      'Offence 1 role': 'Suspect',
      'Offence 2 date': '03/05/2019',
      'Offence 2 type': 'Robbery',
      'Offence 2 role': 'Convicted',
      'Other offences': 'Y',
    };
    expect(eventsOf(niche, 'nominals', row)).toMatchObject([
      { type: 'PersonRecorded', names: [{ family: 'BAKER', given: ['THOMAS'] }], gender: 'male' },
      {
        type: 'InvolvementOpened',
        involvementId: 'POL-NB-N1',
        service: 'police',
        details: {
          police: {
            area: 'North division',
            offences: [
              { date: '2024-02-11', type: 'violence-without-injury', nature: 'suspect' },
              { date: '2019-05-03', type: 'robbery', nature: 'convict' },
            ],
            nonSafeguarding: true,
          },
        },
      },
    ]);
  });
});
