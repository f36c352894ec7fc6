import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { START_HELP, startOptions } from './arguments.js';
import { NODE, buildIfNeeded, installIfNeeded } from './install.js';
import { checkNode, findJava } from './prerequisites.js';
import { orSayWhy } from './said-plainly.js';
import { whenNpmIsGone } from './when-npm-is-gone.js';
import { step } from './step.js';

// Plain JavaScript for whatever Node is there: it installs and builds, then hands over to Node 24.

await orSayWhy(async () => {
  checkNode();
  const options = startOptions(process.argv.slice(2));
  if (options.help) return console.log(START_HELP);
  process.chdir(join(import.meta.dirname, '..'));
  const java = await step('prerequisites', findJava, ({ version }) => `Node ${process.versions.node}, Java ${version}`);
  await step('install', installIfNeeded, (had) => (had ? '' : 'everything is there'));
  await step('build', buildIfNeeded, (had) => (had ? '' : 'nothing changed'));
  process.exitCode = await handOver({ ...process.env, JAVA_HOME: java.home });
});

/**
 * The stack runs in a session of its own, so that Ctrl-C reaches it once, through us. It stops when its standard input closes,
 * that is, also when we are killed at once.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>} its exit code
 */
function handOver(env) {
  const args = ['--enable-source-maps', join('dist', 'deploy', 'local', 'main.js'), ...process.argv.slice(2)];
  const stack = spawn(NODE, args, { env, stdio: ['pipe', 'inherit', 'inherit'], detached: true });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => stack.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal));
  }
  whenNpmIsGone(() => stack.kill('SIGTERM'));
  return new Promise((resolve) => stack.once('exit', (code) => resolve(code ?? 1)));
}
