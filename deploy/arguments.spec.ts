import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { startOptions } from './arguments.js';

describe('npm start', () => {
  it('keeps data in .local, uses ports from 7400 on and starts the made-up authority, unless told otherwise', () => {
    expect(startOptions([])).toEqual({ fresh: false, demo: true, cdc: true, portBase: 7400, data: '.local', help: false });
  });

  it('does as it is told', () => {
    expect(startOptions(['--fresh', '--no-demo', '--port-base', '7500', '--data', '/tmp/x'])).toEqual({
      fresh: true,
      demo: false,
      cdc: true,
      portBase: 7500,
      data: '/tmp/x',
      help: false,
    });
  });

  it.each(['80', '65530', '7400.5', 'many', ''])('refuses %p as a port base, saying which it takes', (base) => {
    expect(() => startOptions(['--port-base', base])).toThrow('--port-base must be a whole number from 1024 to 65520.');
  });

  it('shows what it knows when asked for something it does not know', () => {
    expect(() => startOptions(['--port', '7500'])).toThrow(/'--port'.*--port-base N/s);
    expect(() => startOptions(['fresh'])).toThrow(/'fresh'.*--fresh/s);
  });
});

describe('npm test', () => {
  it.each(['--help', '-h'])('says with %s how to run some of the tests, and runs none', (flag) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join('deploy', 'test.js'), flag], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
    for (const told of ['npm test -- [pattern ...]', '-t "name"', 'No file keeps it']) expect(stdout).toContain(told);
    expect(stdout).not.toContain('passed,');
  });
});
