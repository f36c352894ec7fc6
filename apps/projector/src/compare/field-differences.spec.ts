import { createHash } from 'node:crypto';
import type { DifferingRow } from './compare-table.js';
import { fieldDifferences } from './field-differences.js';

const digests = {
  ofRow: (key: unknown) => createHash('sha256').update(JSON.stringify(key)).digest('hex').slice(0, 12),
  ofValue: (value: unknown, within: string) =>
    createHash('sha256')
      .update(JSON.stringify([within, value]))
      .digest('hex')
      .slice(0, 12),
};
const differences = (differing: DifferingRow) => fieldDifferences(differing, digests, 'a comparison');
const row = (here: Record<string, unknown> | null, there: Record<string, unknown> | null) => ({
  table: 'involvement',
  key: ['mosaic', 'I-1'],
  subject: 'a token',
  here,
  there,
});

describe('The differences between two rows', () => {
  it('are told field by field, versions as they are and every other value by a digest alone', () => {
    const found = differences(
      row(
        { team: 'North', status: 'open', status_epoch: 1, status_digest: '\\x01' },
        { team: null, status: 'open', status_epoch: 2, status_digest: '\\x02' },
      ),
    );
    expect(found.map(({ field, here, there }) => [field, here, there])).toEqual([
      ['team', expect.stringMatching(/^[0-9a-f]{12}$/), null],
      ['status_epoch', '1', '2'],
      ['status_digest', expect.stringMatching(/^[0-9a-f]{12}$/), expect.stringMatching(/^[0-9a-f]{12}$/)],
    ]);
    expect(JSON.stringify(found)).not.toMatch(/North|I-1/);
  });

  it('are one line where a side has no such row', () => {
    expect(differences(row(null, { team: 'North' }))).toMatchObject([{ field: '(row)', here: null, there: 'there is one' }]);
  });

  it('are none where the rows are the same', () => {
    expect(differences(row({ team: 'North' }, { team: 'North' }))).toEqual([]);
  });
});
