import * as read from '../convert/fields.js';
import type { Mapping } from './mapping.js';

/** One of the offences that stand side by side in the report. */
const offence = (n: number) => ({
  date: read.day(`Offence ${n} date`),
  type: read.oneOf(`Offence ${n} type`, {
    homicide: ['Homicide'],
    rape: ['Rape'],
    'other-sexual-offences': ['Other sexual offences', 'Sexual assault', 'Other sexual offence'],
    'violence-with-injury': ['Violence with injury', 'GBH', 'ABH'],
    'violence-without-injury': ['Violence without injury', 'Common assault', 'Harassment'],
    robbery: ['Robbery'],
    'possession-of-weapons': ['Possession of weapons', 'Offensive weapon', 'Possession of weapons offences'],
  }),
  nature: read.oneOf(`Offence ${n} role`, { convict: ['Convicted', 'Convict', 'Offender'], suspect: ['Suspect', 'Suspected'] }),
});

/** Police: people of interest, and their safeguarding offences. It never says that something is current. */
export const niche: Mapping = {
  name: 'niche',
  label: 'Niche',
  services: ['police'],
  doors: ['http', 'kafka', 'csv'],
  epoch: 1,
  coverage: {
    from: '2012-01-01',
    area: 'Northbridge division',
    rule: 'Convictions and suspicions recorded by Northbridge division since 2012. Victims, witnesses and other divisions are left out.',
  },
  tables: {
    nominals: {
      title: 'Nominals with safeguarding offences',
      atLeast: 200,
      person: {
        recordId: read.id('Nominal ref'),
        names: [
          { family: read.familyName('Surname'), given: read.givenNames('Forenames') },
          { family: read.familyName('Alias surname'), given: read.givenNames('Alias forenames'), kind: 'alias' },
        ],
        dateOfBirth: read.birthDate('DOB'),
        gender: read.gender('Sex'),
        addresses: [{ lines: [read.text('Last known address')], postcode: read.postcode('Postcode') }],
        whenGone: 'removed',
      },
      involvement: {
        recordId: read.id('Nominal ref'),
        involvementId: read.joined('POL', read.id('Nominal ref')),
        service: 'police',
        organisation: 'Northbridge Police',
        team: read.text('District'),
        teamPhone: read.phone('District telephone'),
        details: {
          police: {
            area: read.text('District'),
            offences: [1, 2, 3, 4, 5].map(offence),
            nonSafeguarding: read.yesNo('Other offences'),
          },
        },
        end: 'never',
        whenGone: 'retracted',
      },
    },
  },
};
