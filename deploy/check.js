import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { NODE } from './install.js';

// All checks at once, a line for each as it ends, and what the failing ones said.

const CHECKS = {
  types: ['typescript/bin/tsc', '-p', 'tsconfig.json', '--noEmit', '--tsBuildInfoFile', '.cache/check.tsbuildinfo'],
  lint: ['oxlint/bin/oxlint', '--type-aware', '--deny-warnings'],
  imports: ['dependency-cruiser/bin/dependency-cruise.mjs', 'apps', 'libs', 'test', 'deploy', '--config', '.dependency-cruiser.cjs'],
  unused: ['knip/bin/knip.js'],
  format: ['prettier/bin/prettier.cjs', '--check', '--cache', '--cache-location', '.cache/prettier', '--log-level', 'warn', '.'],
};

process.chdir(join(import.meta.dirname, '..'));
const wanted = process.argv.slice(2);
const chosen = Object.entries(CHECKS).filter(([name]) => wanted.length === 0 || wanted.includes(name));
const passed = await Promise.all(chosen.map(([name, command]) => check(name, command)));
process.exitCode = passed.every(Boolean) ? 0 : 1;

/**
 * @param {string} name
 * @param {string[]} command a program under node_modules and its arguments
 * @returns {Promise<boolean>}
 */
async function check(name, [program = '', ...args]) {
  const from = performance.now();
  const child = spawn(NODE, [join('node_modules', program), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, FORCE_COLOR: '0' },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  const code = await new Promise((resolve) => child.once('close', resolve));
  const seconds = ((performance.now() - from) / 1000).toFixed(1);
  console.log(`${code === 0 ? '✓' : '✗'} ${name.padEnd(8)} ${seconds.padStart(5)} s`);
  if (code !== 0) console.log(said.trimEnd().replace(/^/gm, '    '));
  return code === 0;
}
