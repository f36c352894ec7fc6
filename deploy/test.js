import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { NODE, buildIfNeeded, installIfNeeded } from './install.js';
import { checkNode } from './prerequisites.js';
import { SaidPlainly } from './said-plainly.js';
import { step } from './step.js';
import { tally } from './tally.js';

// Plain JavaScript for whatever Node is there. Whatever happens, the last line tells how many tests passed and failed.

let result = { passed: 0, failed: 1 };
try {
  checkNode();
  process.chdir(join(import.meta.dirname, '..'));
  await step('install', installIfNeeded, (had) => (had ? '' : 'everything is there'));
  await step('build', buildIfNeeded, (had) => (had ? '' : 'nothing changed'));
  result = runJest(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof SaidPlainly ? `✗ ${error.message}` : error);
}
console.log(`${result.passed} passed, ${result.failed} failed`);
process.exitCode = result.failed === 0 ? 0 : 1;

/** @param {string[]} args */
function runJest(args) {
  const report = join('.cache', `test-report-${process.pid}.json`);
  mkdirSync('.cache', { recursive: true });
  const jest = join('node_modules', 'jest', 'bin', 'jest.js');
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const { status } = spawnSync(NODE, [...flags, jest, '--json', `--outputFile=${report}`, ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const text = existsSync(report) ? readFileSync(report, 'utf8') : undefined;
  rmSync(report, { force: true });
  return tally(text, status);
}
