import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Its services as the settings have them. */
export const authorityOfNorthbridge = (): { services: ({ service: string } & Record<'display' | 'broker' | 'conditions', unknown>)[] } =>
  JSON.parse(readFileSync('deploy/authority/northbridge.json', 'utf8')) as ReturnType<typeof authorityOfNorthbridge>;

/** Those services, each saying no more of itself than it must: everything else is left to the default rules. */
export const servicesThatSayLeast = () =>
  authorityOfNorthbridge().services.map(({ service, display, broker, conditions }) => ({ service, display, broker, conditions }));

/** The settings of Northbridge with some of them changed, as a file of their own; a source speaks for one service alone, which a test may hide. */
export function changedAuthority(changed: object): string {
  const file = join(mkdtempSync(join(tmpdir(), 'authority-')), 'authority.json');
  const northbridge = authorityOfNorthbridge() as { sources?: object[] };
  const sources = northbridge.sources?.map((source) => ({ ...source, alsoFor: undefined }));
  writeFileSync(file, JSON.stringify({ ...northbridge, sources, ...changed }));
  return file;
}
