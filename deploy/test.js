import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { TEST_HELP } from './arguments.js';
import { NODE, buildIfNeeded, installIfNeeded } from './install.js';
import { checkNode } from './prerequisites.js';
import { SaidPlainly } from './said-plainly.js';
import { step } from './step.js';
import { tally } from './tally.js';

// Plain JavaScript for whatever Node is there. Whatever happens to the tests, the last line tells how many tests passed and failed.

const args = process.argv.slice(2);
if (args.includes('--help') || args.includes('-h')) console.log(TEST_HELP);
else await runTests();

async function runTests() {
  let result = { passed: 0, failed: 1 };
  try {
    checkNode();
    process.chdir(join(import.meta.dirname, '..'));
    await step('install', installIfNeeded, (had) => (had ? '' : 'everything is there'));
    await step('build', buildIfNeeded, (had) => (had ? '' : 'nothing changed'));
    result = runJest();
  } catch (error) {
    console.error(error instanceof SaidPlainly ? `✗ ${error.message}` : error);
  }
  console.log(`${result.passed} passed, ${result.failed} failed`);
  process.exitCode = result.failed === 0 ? 0 : 1;
}

function runJest() {
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
