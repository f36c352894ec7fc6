import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { machinesWith, OIDC } from '../local/environment.js';
import { directorySettings } from './settings.js';
import { READERS } from './readers.js';
import { loadAuthority } from '../../apps/query/src/authority.js';
import { ROLES } from '../../apps/query/src/sign-in/reader.js';
import { readerFromClaims } from '../../apps/query/src/sign-in/reader-from-claims.js';

const env = { ...OIDC, OIDC_CLIENT_SECRET: 'a secret of the index', DIRECTORY_MACHINES: machinesWith(() => 'a secret of a machine') };

describe('The made-up authority’s directory', () => {
  it('offers a reader for every role of the index, and one without any', () => {
    const { signIn } = loadAuthority('deploy/authority/northbridge.json');
    const roles = READERS.map(({ id, name, department, groups }) => {
      const reader = readerFromClaims({ preferred_username: id, name, department, groups }, signIn);
      return 'why' in reader ? reader.why : reader.role;
    });
    expect([...new Set(roles)].sort()).toEqual([...Object.keys(ROLES), 'no-role'].sort());
  });

  it('refuses to run in production, whatever else it is told', () => {
    expect(() => directorySettings({ ...env, NODE_ENV: 'production' })).toThrow('does not run in production');
    expect(() => directorySettings({ ...env })).not.toThrow();
    const started = spawnSync(join('node_modules', '.bin', 'node'), [join('dist', 'deploy', 'directory', 'main.js')], {
      env: { PATH: process.env.PATH, ...env, NODE_ENV: 'production', HTTP_PORT: '0' },
      encoding: 'utf8',
    });
    expect([started.status, started.stdout]).toEqual([1, expect.stringContaining('does not run in production')]);
  });
});
