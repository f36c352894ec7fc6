import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The settings of Northbridge with some of them changed, as a file of their own. */
export function changedAuthority(changed: object): string {
  const settings = JSON.parse(readFileSync('deploy/authority/northbridge.json', 'utf8')) as object;
  const file = join(mkdtempSync(join(tmpdir(), 'authority-')), 'authority.json');
  writeFileSync(file, JSON.stringify({ ...settings, ...changed }));
  return file;
}
