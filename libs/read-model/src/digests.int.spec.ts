import { createHash } from 'node:crypto';
import { freshDatabase } from '../../../test/support/fresh.js';
import { Digests } from './digests.js';
import { migrateReadModel } from './migrate.js';
import { openReadModel } from './open-read-model.js';

const opened = async (url: string): Promise<Digests> => {
  const pool = openReadModel(url, { max: 1 });
  try {
    return await Digests.open(pool);
  } finally {
    await pool.end();
  }
};

describe('Digests of rows and values', () => {
  let urls: string[];
  beforeAll(async () => {
    urls = await Promise.all(['one', 'two'].map(freshDatabase));
    for (const url of urls) await migrateReadModel(url, { partitions: 1 });
  });

  it('are the same for whoever opens the same database, and others in another one', async () => {
    const [one, again, two] = [await opened(urls[0]!), await opened(urls[0]!), await opened(urls[1]!)];
    expect(one.ofRow(['mosaic', 'I-1'])).toBe(again.ofRow(['mosaic', 'I-1']));
    expect(one.ofRow(['mosaic', 'I-1'])).not.toBe(two.ofRow(['mosaic', 'I-1']));
    expect(one.ofValue('2015-08-23', 'a')).toBe(again.ofValue('2015-08-23', 'a'));
    expect(one.ofValue('2015-08-23', 'a')).not.toBe(two.ofValue('2015-08-23', 'a'));
  });

  it('of a value differ between comparisons, and none is the plain digest that could be tried out', async () => {
    const digests = await opened(urls[0]!);
    expect(digests.ofValue('2015-08-23', 'a')).toMatch(/^[0-9a-f]{12}$/);
    expect(digests.ofValue('2015-08-23', 'a')).not.toBe(digests.ofValue('2015-08-23', 'b'));
    const plain = ['2015-08-23', '"2015-08-23"', '["value","a","2015-08-23"]'].map((text) =>
      createHash('sha256').update(text).digest('hex').slice(0, 12),
    );
    expect(plain).not.toContain(digests.ofValue('2015-08-23', 'a'));
  });
});
