import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkFile, linesOf } from './check-file.js';

function file(name: string, ...lines: string[]): string {
  const path = join(mkdtempSync(join(tmpdir(), 'check-')), name);
  writeFileSync(path, lines.join('\n'));
  return path;
}
const MERGES = ['OLD_PERSON_ID,PERSON_ID', '198001,204417', '198002,198002'];

describe('Checking a file without a server', () => {
  it('tells what it would publish, and every problem without a value', async () => {
    const lines = linesOf(await checkFile('mosaic', file('dm_person_merges.csv', ...MERGES))).join('\n');
    expect(lines).toContain('Mosaic, DM_PERSON_MERGES: 2 rows.');
    expect(lines).toContain('1  RecordReplaced');
    expect(lines).toMatch(/1 problems:\n {2}row 3, PERSON_ID: another-record \(looks like 999999\), refused/);
    expect(lines).not.toContain('198002');
  });

  it('tells what nothing can be used of', async () => {
    const lines = linesOf(await checkFile('cis', file('x.csv', 'Surname', 'Baker'), 'clients')).join('\n');
    expect(lines).toContain('Nothing of it can be used:');
    expect(lines).toContain('row 1, CIS No: column-missing');
  });

  it('asks which mapping and which table where it can’t know', async () => {
    await expect(checkFile('carefirst', 'x.csv')).rejects.toThrow('There is no mapping carefirst; there are mosaic');
    await expect(checkFile('mosaic', file('export.csv', 'a'))).rejects.toThrow('Say which table it is: --table people');
  });
});
