import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { MEMORY } from '../../deploy/local/apps.js';
import { freePorts } from '../../deploy/local/ports.js';
import { eventually } from './eventually.js';

/** An app as a process of its own, from what the last build compiled, with everything it says. */
export class SpawnedApp {
  output = '';

  private constructor(
    readonly app: string,
    readonly url: string,
    private readonly process: ChildProcess,
  ) {
    for (const stream of [process.stdout, process.stderr]) stream?.on('data', (text) => (this.output += String(text)));
  }

  get pid(): number {
    return this.process.pid!;
  }

  /**
   * Starts an app and waits until it is ready.
   * @param o.dist another build than the last; @param o.args behind the program, as of a verb that runs all the time; @param o.awaited false: returns at once, for an app whose servers are away
   * @throws Error with the last it said
   */
  static async start(
    app: string,
    env: Record<string, string>,
    o: { dist?: string; awaited?: boolean; args?: string[] } = {},
  ): Promise<SpawnedApp> {
    const [port] = await freePorts(1);
    const node = join('node_modules', '.bin', 'node');
    const child = spawn(node, [...MEMORY, join(o.dist ?? 'dist', 'apps', app, 'src', 'main.js'), ...(o.args ?? [])], {
      env: { PATH: process.env.PATH, ...env, HTTP_PORT: String(port), STOP_WITH_PARENT: 'stdin' },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const spawned = new SpawnedApp(app, `http://127.0.0.1:${port}`, child);
    if (o.awaited === false) return spawned;
    try {
      await eventually(`${app} was ready`, () => spawned.isReady(), { within: 30_000 });
    } catch (error) {
      await spawned.stop();
      throw new Error(`${app} did not start: ${spawned.output.slice(-2000)}`, { cause: error });
    }
    return spawned;
  }

  async isReady(): Promise<boolean> {
    const answer = await fetch(`${this.url}/health/ready`, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
    await answer?.body?.cancel();
    return answer?.ok ?? false;
  }

  get hasEnded(): boolean {
    return this.process.exitCode !== null || this.process.signalCode !== null;
  }

  async stop(): Promise<void> {
    await this.end('SIGTERM');
  }

  /** Ends it at once, as a machine that fails does. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** Stops the process where it stands, or lets it go on. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.process.kill(signal);
  }

  private async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (this.hasEnded) return;
    const ended = once(this.process, 'exit');
    this.process.kill(signal);
    await ended;
  }
}
