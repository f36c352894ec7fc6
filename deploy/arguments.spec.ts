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
