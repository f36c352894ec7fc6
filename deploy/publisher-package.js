import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { NODE } from './install.js';
import { SaidPlainly } from './said-plainly.js';

/**
 * Lays out the package `@involvement-index/publisher`: what libs/publisher exports and what that needs of libs/events, compiled, with its types.
 * It depends on zod alone.
 * @param {string} folder emptied first
 */
export function layOutPublisher(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const compiled = spawnSync(NODE, [join('node_modules', 'typescript', 'bin', 'tsc'), '-p', 'libs/publisher', '--outDir', folder], {
    stdio: 'inherit',
  });
  if (compiled.status !== 0) throw new SaidPlainly('The publisher does not compile; the compiler says why above.');
  const { version, engines, dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  const index = './libs/publisher/src/index';
  const manifest = {
    name: '@involvement-index/publisher',
    version,
    description: 'What happened at a source, as typed functions: checked, and sent in order to the Involvement Index.',
    type: 'module',
    engines,
    exports: { '.': { types: `${index}.d.ts`, default: `${index}.js` } },
    imports: { '#lib/events': './libs/events/src/index.js' },
    dependencies: { zod: dependencies.zod },
  };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  cpSync(join('libs', 'publisher', 'README.md'), join(folder, 'README.md'));
}

if (process.argv[1] === import.meta.filename) {
  const folder = resolve('dist', 'publisher-package');
  layOutPublisher(folder);
  process.exitCode =
    spawnSync('npm', ['pack', '--silent', '--pack-destination', process.argv[2] ?? '.', folder], { stdio: 'inherit' }).status ?? 1;
}
