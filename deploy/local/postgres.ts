import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { type Child, type Family, startChild } from './child.js';
import { postgresPrograms, type PostgresPrograms } from './postgres-programs.js';
import { SaidPlainly } from '../said-plainly.js';
import { answersOn, waitUntil } from './wait-until.js';

export interface PostgresOptions {
  /** Where the data lives; made where it is missing. */
  dataDir: string;
  port: number;
  password: string;
  family: Family;
  /** More `-c name=value` settings. */
  flags?: string[];
}

export const SUPERUSER = 'postgres';

/** Address of one database of the local PostgreSQL. */
export function databaseUrl(o: { port: number; password: string }, database: string): string {
  return `postgres://${SUPERUSER}:${encodeURIComponent(o.password)}@127.0.0.1:${o.port}/${database}`;
}

/** Starts PostgreSQL, initialising its data folder the first time. */
export async function startPostgres(o: PostgresOptions): Promise<Child> {
  const programs = postgresPrograms(o.dataDir);
  if (!existsSync(o.dataDir)) initialise(o, programs);
  const flags = ['wal_level=logical', 'listen_addresses=127.0.0.1', 'unix_socket_directories=', ...(o.flags ?? [])];
  const child = startChild(
    {
      name: 'postgres',
      command: programs.postgres,
      args: ['-D', o.dataDir, '-p', String(o.port), ...flags.flatMap((flag) => ['-c', flag])],
      user: programs.user,
      stopSignal: 'SIGINT',
      cwd: o.dataDir,
    },
    o.family,
  );
  await waitUntil(child, () => acceptsQueries(o), 60);
  return child;
}

/** Initialised beside its place and then renamed: a folder under its own name is never half made. */
function initialise(o: PostgresOptions, programs: PostgresPrograms): void {
  const halfMade = `${o.dataDir}.new`;
  rmSync(halfMade, { recursive: true, force: true });
  mkdirSync(halfMade, { recursive: true, mode: 0o700 });
  const passwordFile = join(tmpdir(), `involvement-index-${process.pid}`);
  writeFileSync(passwordFile, `${o.password}\n`, { mode: 0o600 });
  if (programs.user) for (const path of [halfMade, passwordFile]) programs.giveTo(path);
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const args = ['-D', halfMade, '-U', SUPERUSER, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--no-sync', ...locale];
  const made = spawnSync(programs.initdb, args, { ...programs.user, cwd: halfMade, encoding: 'utf8' });
  rmSync(passwordFile, { force: true });
  if (made.status !== 0)
    throw new SaidPlainly(`PostgreSQL could not make its data folder ${o.dataDir}: ${made.error?.message ?? made.stderr}`);
  renameSync(halfMade, o.dataDir);
}

async function acceptsQueries(o: PostgresOptions): Promise<boolean> {
  if (!(await answersOn(o.port))) return false;
  const client = new Client({ connectionString: databaseUrl(o, 'postgres'), connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    await client.end().catch(() => undefined);
    return false;
  }
}

/** Creates those databases that are not there yet. */
export async function createDatabases(postgresUrl: string, names: string[]): Promise<void> {
  const client = new Client({ connectionString: postgresUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ datname: string }>('SELECT datname FROM pg_database');
    for (const name of names.filter((name) => !rows.some((row) => row.datname === name))) {
      await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
    }
  } finally {
    await client.end();
  }
}
