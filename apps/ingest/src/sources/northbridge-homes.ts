import * as read from '../convert/fields.js';
import type { Mapping } from './mapping.js';

/** A matter of a tenancy: whether there is a case, and since when. */
const matter = (name: string, date: string) => ({
  state: read.oneOf(name, {
    open: ['Open', 'Live', 'Active', 'Current'],
    closed: ['Closed', 'Ended', 'Resolved', 'Cleared'],
    none: ['No', 'N', 'No records'],
  }),
  on: read.day(date),
});

/** The council’s homes: one row per tenant and tenancy (a tenant may have several), from the housing system’s nightly report. */
export const northbridgeHomes: Mapping = {
  name: 'northbridge-homes',
  label: 'Northbridge Homes',
  services: ['housing'],
  doors: ['http', 'kafka', 'csv'],
  epoch: 1,
  coverage: {
    from: '2005-04-01',
    area: 'Northbridge council homes',
    rule: 'Every tenant, joint tenant and household member named on a tenancy since April 2005. Lodgers and leaseholders are left out.',
  },
  tables: {
    tenancies: {
      title: 'Tenants and tenancies',
      atLeast: 500,
      alsoCalled: {
        'Person ref': ['Tenant ref', 'Party ref'],
        'Tenancy ref': ['Tenancy no'],
        'Date of birth': ['DOB', 'D.O.B.'],
        'Tenancy start': ['Start date'],
        'Tenancy end': ['End date'],
      },
      person: {
        recordId: read.id('Person ref'),
        names: [{ family: read.familyName('Surname'), given: read.givenNames('First names') }],
        dateOfBirth: read.birthDate('Date of birth'),
        gender: read.gender('Gender', { female: ['Mrs', 'Miss', 'Ms'], male: ['Mr'] }),
        addresses: [
          {
            lines: [read.text('Address')],
            postcode: read.postcode('Postcode'),
            uprn: read.uprn('UPRN'),
            from: read.day('Tenancy start'),
            to: read.day('Tenancy end'),
          },
        ],
        phone: read.phone('Telephone'),
        whenGone: 'kept',
      },
      // a tenant with two tenancies lives where the newer one is
      personBy: read.reach(read.day('Tenancy start'), read.day('Tenancy end')),
      involvement: {
        recordId: read.id('Person ref'),
        involvementId: read.joined('TEN', read.id('Tenancy ref'), read.id('Person ref')),
        service: 'housing',
        openedOn: read.day('Tenancy start'),
        organisation: 'Northbridge Homes',
        team: read.text('Patch'),
        teamPhone: read.phone('Patch telephone'),
        practitioner: { name: read.text('Housing officer'), role: 'Housing officer', email: read.text('Officer email', 254) },
        details: {
          housing: {
            association: 'Northbridge Homes',
            tenancyStartedOn: read.day('Tenancy start'),
            antiSocialBehaviour: matter('ASB case', 'ASB date'),
            rentArrears: matter('Arrears case', 'Arrears date'),
            noticeSeekingPossession: matter('Notice case', 'Notice date'),
            eviction: matter('Eviction case', 'Eviction date'),
          },
        },
        end: { on: read.day('Tenancy end'), reason: read.text('End reason') },
        whenGone: 'closed',
      },
    },
  },
};
