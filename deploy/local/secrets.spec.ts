import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keptSecretsOf, keptSecrets } from './secrets.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const modeOf = (path: string) => (statSync(join(folder, path)).mode & 0o777).toString(8);

describe('The secrets of the local stack', () => {
  it('are made once and kept: what is sealed today opens tomorrow', () => {
    const first = keptSecrets(folder);
    expect(Buffer.from(first.keyEncryptionKey, 'base64')).toHaveLength(32);
    expect(keptSecrets(folder)).toEqual(first);
  });

  it('are not made anew when a later version asks for one more', () => {
    const { auditTermsKey: _, ...earlier } = keptSecrets(folder);
    writeFileSync(join(folder, 'secrets.json'), JSON.stringify(earlier));
    expect(keptSecrets(folder)).toMatchObject(earlier);
    expect(keptSecrets(folder)).toEqual(keptSecrets(folder));
  });

  it('are readable by their owner alone', () => {
    keptSecrets(folder);
    keptSecretsOf('clients', folder, ['mosaic']);
    expect([modeOf('secrets.json'), modeOf('clients'), modeOf('clients/mosaic')]).toEqual(['600', '700', '600']);
  });

  it('hold one for each machine client, its own and always the same', () => {
    const secrets = keptSecretsOf('clients', folder, ['mosaic', 'niche']);
    expect(secrets.mosaic).toBe(readFileSync(join(folder, 'clients', 'mosaic'), 'utf8'));
    expect(secrets.niche).not.toBe(secrets.mosaic);
    expect(keptSecretsOf('clients', folder, ['mosaic', 'niche'])).toEqual(secrets);
  });
});
