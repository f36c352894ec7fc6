import { eventsOf } from '../../../../test/support/row-of.js';
import { synergy } from './synergy.js';

describe('Synergy', () => {
  it('describes a pupil', () => {
    const row = {
      'Student ID': 'S7',
      'Legal surname': 'Baker',
      Forename: 'Ivy',
      'Date of birth': '2014-03-14',
      UPN: 'A801200014001',
      Postcode: 'NB1 4QT',
    };
    expect(eventsOf(synergy, 'pupils', row)).toMatchObject([
      { type: 'PersonRecorded', recordId: 'S7', identifiers: [{ type: 'upn', value: 'A801200014001' }] },
    ]);
  });

  it('opens a registration by pupil, school and day of entry, and ends it by the day of leaving', () => {
    const row = {
      'Student ID': 'S7',
      'Base ID': '3301',
      School: 'Canal Street Primary',
      'Entry date': '03/09/2018',
      'Enrolment status': 'C',
      'School telephone': '1632960200',
      'Safeguarding lead': 'Sam Okafor',
    };
    expect(eventsOf(synergy, 'registrations', row)).toEqual([
      {
        type: 'InvolvementOpened',
        recordId: 'S7',
        involvementId: 'S7-3301-2018-09-03',
        service: 'school',
        openedOn: '2018-09-03',
        organisation: 'Canal Street Primary',
        practitioner: { name: 'Sam Okafor', role: 'Designated safeguarding lead' },
        details: { school: { schoolName: 'Canal Street Primary', admissionType: 'main', contactNumber: '01632960200' } },
      },
    ]);
    expect(eventsOf(synergy, 'registrations', { ...row, 'Leaving date': '20/07/2025' })).toMatchObject([
      { type: 'InvolvementUpdated' },
      { type: 'InvolvementClosed', closedOn: '2025-07-20' },
    ]);
  });
});
