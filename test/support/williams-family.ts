import type { Service } from '#lib/events';

/** Tommy Williams, the people around him, and what each source knows of them: nobody lives. NHS numbers are of the range kept for tests. */
const TOMMY = '9990000018';
const KATE = '9990000026';
const DOMINIC = '9990000034';

/** The events of each source, as it would publish them. @param now milliseconds since 1970; ChildView last spoke three days before */
export function family(now: number): Record<string, object[]> {
  const at = (ago: number) => new Date(now - ago).toISOString();
  let position = 0;
  const head = (recordId: string, ago = 60_000) => ({ recordId, sourceVersion: { epoch: 1, position: ++position }, occurredAt: at(ago) });
  const person = (recordId: string, family: string, given: string, born: string, nhs: string | null, more: object = {}) => ({
    type: 'PersonRecorded',
    ...head(recordId),
    names: [{ family, given: [given] }],
    dateOfBirth: { date: born, precision: 'day' },
    identifiers: nhs === null ? [] : [{ type: 'nhs', value: nhs }],
    ...more,
  });
  const opened = (recordId: string, involvementId: string, service: Service, more: object) => ({
    type: 'InvolvementOpened',
    ...head(recordId),
    involvementId,
    service,
    ...more,
  });
  const link = (relationshipId: string, recordId: string, otherRecordId: string, relationship: string, more: object = {}) => ({
    type: 'RelationshipLinked',
    ...head(recordId),
    relationshipId,
    otherRecordId,
    relationship,
    ...more,
  });
  const checked = (service: Service, area: string, coversFrom: string, ago = 20_000) => ({
    type: 'SourceChecked',
    sourceVersion: { epoch: 1, position: ++position },
    occurredAt: at(ago),
    service,
    completeTo: at(ago),
    coversFrom,
    area,
  });
  const millRow = { lines: ['4 Mill Row'], postcode: 'NB4 2QT', from: '2026-09-03' };
  const canalStreet = { lines: ['19 Canal Street'], postcode: 'NB1 7AH', from: '2020-09-01' };
  const threeDays = 3 * 86_400_000;

  return {
    mosaic: [
      person('249012', 'Williams', 'Tommy', '2012-05-12', TOMMY, { gender: 'male', addresses: [millRow] }),
      person('180007', 'Williams', 'Kate', '1992-02-03', KATE, { gender: 'female', addresses: [millRow] }),
      person('180008', 'Pierce', 'Dominic', '1990-01-20', DOMINIC, { gender: 'male' }),
      person('249013', 'Pierce', 'Ella', '2020-06-30', null, { gender: 'female' }),
      person('180011', 'Williams', 'Thomas', '1989-02-03', null, { gender: 'male', addresses: [canalStreet] }),
      link('r1', '249012', '180007', 'parent', { mainCarer: true, parentalResponsibility: true }),
      link('r2', '249012', '180008', 'parent', { parentalResponsibility: true }),
      link('r3', '249012', '249013', 'half-sibling'),
      opened('249012', 'i1', 'childrens-social-care', {
        openedOn: '2026-09-03',
        team: 'Assessment East',
        teamPhone: '01632 960 110',
        coordinating: true,
        practitioner: {
          name: 'Priya Nair',
          role: 'senior social worker',
          phone: '01632 960 118',
          email: 'priya.nair@northbridge.example',
          outOfHoursName: 'Emergency Duty Team',
          outOfHoursPhone: '01632 960 101',
          readerId: 'priya.nair',
        },
      }),
      checked('childrens-social-care', 'Northbridge', '2010-01-01'),
    ],
    synergy: [
      person('P-7731', 'Pierce', 'Tommy', '2012-05-12', TOMMY, { gender: 'male', addresses: [canalStreet] }),
      opened('P-7731', 'roll-1', 'school', {
        openedOn: '2023-09-01',
        details: { school: { schoolName: 'Mill Lane High School', admissionType: 'main', contactNumber: '01632 960 125' } },
      }),
      checked('school', 'Northbridge schools', '2010-09-01'),
    ],
    'cluster-lists': [
      person('C-12', 'Williams', 'Tommy', '2012-05-12', TOMMY),
      opened('C-12', 'e1', 'early-help', { openedOn: '2024-11-02', team: 'East cluster', teamPhone: '01632 960 131' }),
      { type: 'InvolvementClosed', ...head('C-12'), involvementId: 'e1', closedOn: '2025-03-14', reason: 'Stepped up' },
      checked('early-help', 'East cluster', '2019-04-01'),
    ],
    childview: [
      person('YO-3', 'Williams', 'Tommy', '2012-05-12', TOMMY),
      opened('YO-3', 'y1', 'youth-offending', { openedOn: '2026-10-01', practitioner: { name: 'Sam Reid', phone: '01632 960 142' } }),
      checked('youth-offending', 'Northbridge', '2015-01-01', threeDays),
    ],
    cis: [person('A-1', 'Williams', 'Kate', '1992-02-03', KATE), checked('adult-social-care', 'Northbridge', '2012-01-01')],
    'northbridge-homes': [
      person('T-9', 'Williams', 'Kate', '1992-02-03', KATE, { addresses: [millRow] }),
      opened('T-9', 't1', 'housing', {
        openedOn: '2023-01-12',
        organisation: 'Northbridge Homes',
        details: {
          housing: { association: 'Northbridge Homes', tenancyStartedOn: '2023-01-12', rentArrears: { state: 'open', on: '2026-08-01' } },
        },
      }),
      checked('housing', 'Northbridge', '2005-01-01'),
    ],
    niche: [
      person('N-4', 'Pierce', 'Dominic', '1990-01-20', DOMINIC),
      opened('N-4', 'n1', 'police', {
        details: {
          police: {
            area: 'Northbridge East',
            offences: [{ date: '2019-05-04', type: 'robbery', nature: 'convict' }],
            nonSafeguarding: true,
          },
        },
      }),
      checked('police', 'Northbridge', '2000-01-01'),
    ],
    insight: [checked('not-in-education', 'Northbridge', '2014-01-01')],
  };
}
