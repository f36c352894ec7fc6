import { jest } from '@jest/globals';

// nest-commander is CommonJS and Nest is not: in Jest, Nest must be there before nest-commander asks for it.
await import('@nestjs/common');
await import('@nestjs/core');
const { runOps } = await import('../../apps/ops/src/run-ops.js');

export interface Said {
  code: number;
  /** On stdout and on stderr. */
  text: string;
  failure: string;
}

/** Runs one command line of operations in this process, as typed behind `npm run ops --`. @param env as given to an app */
export async function ops(env: Record<string, string>, ...args: string[]): Promise<Said> {
  const before = { ...process.env };
  Object.assign(process.env, env);
  const log = jest.spyOn(console, 'log').mockImplementation(() => undefined);
  const error = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  const out = jest.spyOn(process.stdout, 'write').mockImplementation(() => true);
  const err = jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
  const exit = jest.spyOn(process, 'exit').mockImplementation((code) => {
    throw new Exited(Number(code ?? 0));
  });
  let code: number;
  try {
    code = await runOps(['node', 'ops', ...args]).catch((thrown: unknown) => {
      if (thrown instanceof Exited) return thrown.exitCode;
      throw thrown;
    });
    return {
      code,
      text: [...log.mock.calls, ...out.mock.calls].map(([text]) => String(text)).join('\n'),
      failure: [...error.mock.calls, ...err.mock.calls].map(([text]) => String(text)).join('\n'),
    };
  } finally {
    for (const spy of [log, error, out, err, exit]) spy.mockRestore();
    process.env = before;
    process.exitCode = undefined;
  }
}

/** Commander leaves the process after it has shown help or refused an option. */
class Exited extends Error {
  constructor(readonly exitCode: number) {
    super(`left with ${exitCode}`);
  }
}
