import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Says what it was given, and ends with a code of its own. */
const VERB = `console.log(JSON.stringify(process.argv.slice(2))); process.exit(3);`;

/** A checkout in which everything is installed and nothing built; its build writes one program. */
function checkout(build: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'checkout-'));
  for (const file of ['ops', 'install', 'prerequisites', 'said-plainly'])
    cpSync(join('deploy', `${file}.js`), join(folder, 'deploy', `${file}.js`));
  mkdirSync(join(folder, 'node_modules', '.bin'), { recursive: true });
  symlinkSync(process.execPath, join(folder, 'node_modules', '.bin', 'node'));
  for (const lock of ['package-lock.json', join('node_modules', '.package-lock.json')])
    writeFileSync(join(folder, lock), '{ "packages": {} }');
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module', scripts: { build: `node build.js` } }));
  writeFileSync(join(folder, 'build.js'), build);
  return folder;
}
const program = (folder: string) => join(folder, 'dist', 'apps', 'ops', 'src', 'main.js');
const writesProgram = `
  import { mkdirSync, writeFileSync } from 'node:fs';
  console.log('building');
  mkdirSync('dist/apps/ops/src', { recursive: true });
  writeFileSync('dist/apps/ops/src/main.js', ${JSON.stringify(VERB)});`;
const run = (folder: string) => {
  const { npm_execpath: _, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'deploy', 'ops.js'), 'audit', 'verify'], {
    encoding: 'utf8',
    env,
  });
  return { status, stdout, stderr };
};

describe('The verbs of operations, in a checkout where nothing is built', () => {
  it('build it first, and leave standard output and the exit code to the verb', () => {
    const folder = checkout(writesProgram);
    const first = run(folder);
    expect([first.status, first.stdout]).toEqual([3, '["audit","verify"]\n']);
    expect(first.stderr).toMatch(/has not been built yet[^]*building/);
    expect(run(folder)).toEqual({ status: 3, stdout: first.stdout, stderr: '' });
  });

  it('run what is built, however old', () => {
    const folder = checkout('process.exit(1)');
    mkdirSync(dirname(program(folder)), { recursive: true });
    writeFileSync(program(folder), VERB);
    expect(run(folder).status).toBe(3);
  });

  it('say plainly that it can not be built', () => {
    const folder = checkout('process.exit(1)');
    const { status, stderr } = run(folder);
    expect([status, existsSync(program(folder))]).toEqual([1, false]);
    expect(stderr).toContain('✗ The build failed');
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});
