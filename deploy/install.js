import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SaidPlainly } from './said-plainly.js';

/** The Node 24 that comes as a package; everything of ours runs on it. */
export const NODE = join('node_modules', '.bin', 'node');

const LOCK = 'package-lock.json';
const INSTALLED = join('node_modules', '.package-lock.json');
const BUILT = join('dist', '.built');

/**
 * Installs what the lock file names, when something of it is not there.
 * @param {'stdout' | 'stderr'} [says] where npm says what it does
 * @returns {boolean} whether it had to
 */
export function installIfNeeded(says = 'stdout') {
  if (existsSync(NODE) && existsSync(INSTALLED) && missingPackages(readPackages(LOCK), readPackages(INSTALLED)).length === 0) return false;
  if (!npmSucceeds(says, 'ci', '--no-audit', '--no-fund', '--loglevel=error'))
    throw new SaidPlainly('npm ci failed; its own words are above. Is the network there?');
  return true;
}

/**
 * Packages the lock file asks for that are not installed in that version. Packages for other machines are optional.
 * @param {Record<string, { version?: string, optional?: boolean }>} wanted
 * @param {Record<string, { version?: string }>} installed
 * @returns {string[]}
 */
export function missingPackages(wanted, installed) {
  return Object.entries(wanted)
    .filter(([path, entry]) => path !== '' && !entry.optional && installed[path]?.version !== entry.version)
    .map(([path]) => path);
}

/**
 * Compiles to dist/, unless nothing changed since it last succeeded.
 * @param {'stdout' | 'stderr'} [says] where the compiler says what it does
 * @returns {boolean} whether it had to
 */
export function buildIfNeeded(says = 'stdout') {
  const builtAt = statSync(BUILT, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const newest = Math.max(...['apps', 'libs', 'test', 'deploy', 'tsconfig.json', LOCK].map(newestChange));
  if (newest < builtAt) return false;
  const from = new Date();
  rmSync(BUILT, { force: true });
  if (!npmSucceeds(says, 'run', '--silent', 'build')) throw new SaidPlainly('The build failed; the compiler says why above.');
  mkdirSync('dist', { recursive: true });
  writeFileSync(BUILT, from.toISOString());
  return true;
}

/**
 * @param {'stdout' | 'stderr'} says
 * @param {string[]} args
 */
function npmSucceeds(says, ...args) {
  const npm = process.env.npm_execpath;
  const [command = '', ...before] = npm ? [process.execPath, npm] : ['npm'];
  return spawnSync(command, [...before, ...args], { stdio: ['inherit', says === 'stderr' ? 2 : 'inherit', 'inherit'] }).status === 0;
}

/**
 * Folders count too: theirs changes when a file goes.
 * @param {string} path
 * @returns {number}
 */
function newestChange(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newestChange(join(path, name))));
}

/** @param {string} file */
function readPackages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}
