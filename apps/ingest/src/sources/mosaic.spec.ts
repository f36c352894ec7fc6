import { eventsOf } from '../../../../test/support/row-of.js';
import { mosaic } from './mosaic.js';

describe('Mosaic', () => {
  it('describes a person with names, addresses, identifiers and marks', () => {
    const row = {
      PERSON_ID: '204417',
      LAST_NAME: 'O’Rourke-Ńowak',
      FIRST_NAMES: 'Maja Rose',
      PREVIOUS_NAME: 'Nowak',
      FIRST_NAMES_THEN: 'Maja',
      DATE_OF_BIRTH: '14-MAR-14',
      GENDER: 'F',
      ADDRESS_LINE_1: '14 Canal Street',
      TOWN: 'Northbridge',
      POST_CODE: 'nb14qt',
      ADDRESS_TYPE: 'Placement',
      ADDRESS_CONFIDENTIAL: 'Y',
      NHS_ID: '943 476 5919',
      RESTRICTED: 'Y',
      DOB_ESTIMATED: 'Y',
    };
    expect(eventsOf(mosaic, 'people', row)).toEqual([
      {
        type: 'PersonRecorded',
        recordId: '204417',
        names: [
          { family: 'O’Rourke-Ńowak', given: ['Maja', 'Rose'] },
          { family: 'Nowak', given: ['Maja'], kind: 'former' },
        ],
        dateOfBirth: { date: '2014-03-14', precision: 'day' },
        gender: 'female',
        addresses: [{ lines: ['14 Canal Street', 'Northbridge'], postcode: 'NB1 4QT', kind: 'placement', confidential: true }],
        identifiers: [{ type: 'nhs', value: '943 476 5919' }],
        restriction: 'restricted',
        flags: ['date-of-birth-estimated'],
      },
    ]);
  });

  it('knows an unborn child by the day it is expected', () => {
    const row = { PERSON_ID: '1', LAST_NAME: 'Baker', EXPECTED_DELIVERY_DATE: '01/02/2027' };
    expect(eventsOf(mosaic, 'people', row)).toMatchObject([{ dateOfBirth: { date: '2027-02-01', precision: 'expected' } }]);
  });

  it('opens an allocation with its worker, and closes it with the reason', () => {
    const row = {
      PERSON_ID: '204417',
      ALLOCATION_ID: 'A9',
      START_DATE: '01-SEP-24',
      TEAM: 'Assessment East',
      WORKER_NAME: 'Priya Nair',
      WORKER_LOGIN: 'priya.nair',
    };
    const opened = {
      recordId: '204417',
      involvementId: 'A9',
      service: 'childrens-social-care',
      openedOn: '2024-09-01',
      organisation: 'Northbridge Council',
      team: 'Assessment East',
      practitioner: { name: 'Priya Nair', readerId: 'priya.nair' },
    };
    expect(eventsOf(mosaic, 'allocations', row)).toEqual([{ type: 'InvolvementOpened', ...opened }]);
    expect(eventsOf(mosaic, 'allocations', { ...row, END_DATE: '30-JUN-25', END_REASON: 'Plan ended' })).toEqual([
      { type: 'InvolvementUpdated', ...opened },
      { type: 'InvolvementClosed', recordId: '204417', involvementId: 'A9', closedOn: '2025-06-30', reason: 'Plan ended' },
    ]);
  });

  it('links and parts two people, and follows a merge', () => {
    const row = {
      PERSON_ID: '204417',
      RELATED_PERSON_ID: '204419',
      RELATIONSHIP_ID: 'R1',
      RELATIONSHIP: 'Mother',
      PARENTAL_RESPONSIBILITY: 'Y',
      END_DATE: '20/01/2026',
    };
    const link = { recordId: '204417', relationshipId: 'R1' };
    expect(eventsOf(mosaic, 'relationships', row)).toEqual([
      { type: 'RelationshipLinked', ...link, otherRecordId: '204419', relationship: 'parent', parentalResponsibility: true },
      { type: 'RelationshipEnded', ...link, endedOn: '2026-01-20' },
    ]);
    expect(eventsOf(mosaic, 'merges', { OLD_PERSON_ID: '198001', PERSON_ID: '204417' })).toEqual([
      { type: 'RecordReplaced', recordId: '198001', newRecordId: '204417' },
    ]);
  });
});
