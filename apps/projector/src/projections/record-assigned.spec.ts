import { recordAssigned } from './record-assigned.js';

describe('RecordAssigned', () => {
  it('says which person the record belongs to, by the number of the decision', () => {
    const decision = {
      type: 'RecordAssigned',
      decision: 12,
      subject: 'a-token',
      person: 'a-person',
      reason: 'nhs-number',
      modelVersion: '1',
    } as const;
    expect(recordAssigned(decision)).toMatchObject([
      { key: { subject: 'a-token' }, register: 'assignment', epoch: 0, position: 12, values: { person: 'a-person', reason: 'nhs-number' } },
    ]);
  });
});
