import { recordAssigned } from './record-assigned.js';

describe('RecordAssigned', () => {
  it('says which person the record belongs to, and that it once did, by the number of the decision', () => {
    const decision = {
      type: 'RecordAssigned',
      decision: 12,
      subject: 'a-token',
      person: 'a-person',
      reason: 'nhs-number',
      modelVersion: '1',
    } as const;
    expect(recordAssigned(decision, { partition: 0, offset: 3, publishedAt: 1_764_000_000_000 })).toMatchObject([
      { key: { subject: 'a-token' }, register: 'assignment', epoch: 0, position: 12, values: { person: 'a-person', reason: 'nhs-number' } },
      {
        table: { name: 'assigned_once' },
        key: { person: 'a-person', subject: 'a-token' },
        position: 12,
        values: { decided_at: 1_764_000_000_000 },
      },
    ]);
  });
});
