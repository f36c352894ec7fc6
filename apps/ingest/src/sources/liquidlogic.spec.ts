import { eventsOf } from '../../../../test/support/row-of.js';
import { liquidlogic } from './liquidlogic.js';

describe('LiquidLogic', () => {
  it('describes a person, aliases and all', () => {
    const row = {
      'Person ID': '1001',
      Surname: 'Baker',
      Forename: 'Tom',
      'Also Known As': 'Cook',
      'Alias Forename': 'Tommy',
      'Date of Birth': '05/2012',
    };
    expect(eventsOf(liquidlogic, 'people', row)).toMatchObject([
      {
        names: [
          { family: 'Baker', given: ['Tom'] },
          { family: 'Cook', given: ['Tommy'], kind: 'alias' },
        ],
        dateOfBirth: { date: '2012-05', precision: 'month' },
      },
    ]);
  });

  it('keeps episodes of both its modules apart, and believes the status before the date', () => {
    const row = {
      'Person ID': '1001',
      'Involvement ID': '7',
      'Start Date': '01/04/2024',
      Team: 'East',
      Status: 'Open',
      'End Date': '01/05/2024',
    };
    expect(eventsOf(liquidlogic, 'episodes', row)).toMatchObject([
      { type: 'InvolvementOpened', involvementId: 'LCS-7', service: 'childrens-social-care', openedOn: '2024-04-01' },
    ]);
    expect(eventsOf(liquidlogic, 'early-help', { ...row, Status: 'Closed', 'Lead Professional': 'Yes' })).toMatchObject([
      { type: 'InvolvementUpdated', involvementId: 'EHM-7', service: 'early-help', coordinating: true },
      { type: 'InvolvementClosed', involvementId: 'EHM-7', closedOn: '2024-05-01' },
    ]);
  });

  it('names a relationship by the two records it links, and how', () => {
    const row = { 'Person ID': '1001', 'Related Person ID': '1002', Relationship: 'Step-mother', PR: 'No' };
    expect(eventsOf(liquidlogic, 'relationships', row)).toMatchObject([
      { relationshipId: '1001-1002-step-parent', otherRecordId: '1002', relationship: 'step-parent', parentalResponsibility: false },
    ]);
  });
});
