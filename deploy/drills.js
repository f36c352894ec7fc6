import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { NODE, buildIfNeeded, installIfNeeded } from './install.js';
import { checkNode } from './prerequisites.js';
import { orSayWhy } from './said-plainly.js';
import { step } from './step.js';

// Plain JavaScript for whatever Node is there: it installs and builds, then hands over to Node 24.

await orSayWhy(async () => {
  checkNode();
  process.chdir(join(import.meta.dirname, '..'));
  await step('install', installIfNeeded, (had) => (had ? '' : 'everything is there'));
  await step('build', buildIfNeeded, (had) => (had ? '' : 'nothing changed'));
  const args = ['--enable-source-maps', join('dist', 'test', 'drills', 'main.js'), ...process.argv.slice(2)];
  const drills = spawn(NODE, args, { stdio: 'inherit' });
  process.exitCode = await new Promise((resolve) => drills.once('exit', (code) => resolve(code ?? 1)));
});
