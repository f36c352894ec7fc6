import { eventsOf } from '../../../../test/support/row-of.js';
import { insight } from './insight.js';

describe('Insight', () => {
  it('tells who is followed up and why, and takes its default date of birth for none', () => {
    const row = {
      'Client ID': '10000001',
      'Last name': 'Baker',
      'First name': 'Ash',
      DOB: '01/01/2000',
      Mobile: '7700900123',
      'NEET start': '01/09/2025',
      Status: 'Young carer',
      Adviser: 'Jo Reed',
    };
    const [person, opened] = eventsOf(insight, 'clients', row);
    expect(person).toMatchObject({ recordId: '10000001', phone: '07700900123' });
    expect(person).not.toHaveProperty('dateOfBirth');
    expect(opened).toMatchObject({
      involvementId: 'NEET-10000001-2025-09-01',
      service: 'not-in-education',
      details: { notInEducation: { status: 'not-available' } },
      practitioner: { name: 'Jo Reed', role: 'Personal adviser' },
    });
  });
});
