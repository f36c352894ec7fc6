import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Its services as the settings have them. */
export const authorityOfNorthbridge = (): { services: { service: string }[] } =>
  JSON.parse(readFileSync('deploy/authority/northbridge.json', 'utf8')) as { services: { service: string }[] };

/** The settings of Northbridge with some of them changed, as a file of their own. */
export function changedAuthority(changed: object): string {
  const file = join(mkdtempSync(join(tmpdir(), 'authority-')), 'authority.json');
  writeFileSync(file, JSON.stringify({ ...authorityOfNorthbridge(), ...changed }));
  return file;
}
