import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

/** One command line of operations, running. */
export class OpsProcess {
  /** Everything it says. */
  said = '';
  /** Its exit code; null when it was killed. */
  readonly ended: Promise<number | null>;

  private constructor(private readonly process: ChildProcess) {
    for (const stream of [process.stdout, process.stderr]) stream?.on('data', (text) => (this.said += String(text)));
    this.ended = new Promise((resolve) => process.once('close', (code) => resolve(code)));
  }

  /** @param dist another build than the last */
  static start(env: Record<string, string>, args: readonly string[], dist = 'dist'): OpsProcess {
    const child = spawn(join('node_modules', '.bin', 'node'), [join(dist, 'apps', 'ops', 'src', 'main.js'), ...args], {
      env: { PATH: process.env.PATH, ...env, ENVIRONMENT_FILE: 'none' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new OpsProcess(child);
  }

  /** Ends it at once. */
  async kill(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.ended;
  }
}
