import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { liquidlogic } from './liquidlogic.js';
import { mosaic } from './mosaic.js';
import { MAPPINGS } from './sources.js';
import { SourcesInUse } from './sources-in-use.js';

const NORTHBRIDGE = 'deploy/authority/northbridge.json';

function settingsWith(change: (sources: Record<string, unknown>[]) => void): string {
  const settings = JSON.parse(readFileSync(NORTHBRIDGE, 'utf8')) as { sources: Record<string, unknown>[] };
  change(settings.sources);
  const file = join(mkdtempSync(join(tmpdir(), 'sources-')), 'authority.json');
  writeFileSync(file, JSON.stringify(settings));
  return file;
}

describe('The sources of an authority', () => {
  it('are those of its settings, by their mappings', () => {
    const sources = SourcesInUse.agreedIn(NORTHBRIDGE, MAPPINGS);
    expect(sources.all.map(({ name }) => name)).toContain('cluster-lists');
    expect(sources.named('mosaic')).toBe(mosaic);
    expect(sources.named('liquidlogic')).toBe(liquidlogic);
    const without = settingsWith((agreed) => void agreed.splice(0, agreed.length, ...agreed.filter(({ id }) => id !== 'liquidlogic')));
    expect(SourcesInUse.agreedIn(without, MAPPINGS).named('liquidlogic')).toBeUndefined();
  });

  it.each([
    ['has no mapping', (source: Record<string, unknown>) => (source.id = 'carefirst'), 'source carefirst has no mapping'],
    [
      'has another name there',
      (source: Record<string, unknown>) => (source.name = 'Frameworki'),
      'source mosaic is called Frameworki in the settings and Mosaic',
    ],
    ['has another service there', (source: Record<string, unknown>) => (source.service = 'school'), 'source mosaic belongs to school'],
  ])('are refused where one %s', (_, change, message) => {
    const file = settingsWith(([first]) => void change(first!));
    expect(() => SourcesInUse.agreedIn(file, MAPPINGS)).toThrow(message);
  });
});
