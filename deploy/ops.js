import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { NODE, buildIfNeeded, installIfNeeded } from './install.js';
import { checkNode } from './prerequisites.js';
import { orSayWhy } from './said-plainly.js';

// Plain JavaScript for whatever Node is there. An audit log is verified on a machine that has nothing but a checkout: what is missing of it is made first.

await orSayWhy(async () => {
  checkNode();
  process.chdir(join(import.meta.dirname, '..'));
  const program = join('dist', 'apps', 'ops', 'src', 'main.js');
  if (existsSync(program)) return import(pathToFileURL(program).href);
  // Not to standard output: that is the verb's alone.
  console.error('This checkout has not been built yet. That takes a minute or two, once.');
  installIfNeeded('stderr');
  buildIfNeeded('stderr');
  process.exitCode = spawnSync(NODE, ['--enable-source-maps', program, ...process.argv.slice(2)], { stdio: 'inherit' }).status ?? 1;
});
