import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import pg from 'pg';
import { MEMORY } from '../../../deploy/local/apps.js';
import { freePorts } from '../../../deploy/local/ports.js';
import { eventually } from '../../support/eventually.js';
import { asMachine } from '../../support/tokens.js';

/**
 * The least that an answer can take here: it stands finished in one row, and is read in a snapshot of the live generation, with the row by which the reader says
 * why they look, and shown once the audit record is durable. No rights, no restriction, no freshness, no framework: a limit, and no way to build this.
 */
export class OneRow {
  private constructor(
    readonly url: string,
    private readonly process: ChildProcess,
    private readonly env: Record<string, string>,
  ) {}

  static async start(env: Record<string, string>): Promise<OneRow> {
    const [port] = await freePorts(1);
    const child = spawn(join('node_modules', '.bin', 'node'), [...MEMORY, join('dist', 'test', 'bench', 'size', 'one-row-server.js')], {
      env: { PATH: process.env.PATH, ...env, HTTP_PORT: String(port) },
      stdio: ['pipe', 'inherit', 'inherit'],
    });
    const started = new OneRow(`http://127.0.0.1:${port}`, child, env);
    await eventually('the server of finished answers listened', () => started.listens(), { within: 30_000 });
    return started;
  }

  /** Keeps what the query service answers now, and how many audit records it writes with it. @returns the paths at which this server has the same */
  async keep(query: string, paths: readonly string[]): Promise<string[]> {
    const [reads, audit] = [this.env.READ_MODEL_URL!, this.env.AUDIT_READ_URL!].map((url) => new pg.Client({ connectionString: url })) as [
      pg.Client,
      pg.Client,
    ];
    await Promise.all([reads.connect(), audit.connect()]);
    try {
      await reads.query(`
        CREATE SCHEMA IF NOT EXISTS finished;
        CREATE TABLE IF NOT EXISTS finished.answer (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), answer text NOT NULL, entries int NOT NULL)`);
      const answers: { answer: string; requestId: string }[] = [];
      for (const path of paths) {
        const answer = await (await fetch(`${query}${path}`, { headers: await asMachine() })).text();
        answers.push({ answer, requestId: (JSON.parse(answer) as { requestId: string }).requestId });
      }
      const { rows: counted } = await audit.query<{ requestId: string; entries: number }>(
        'SELECT request_id AS "requestId", count(*)::int AS entries FROM audit.entry WHERE request_id = ANY ($1) GROUP BY 1',
        [answers.map(({ requestId }) => requestId)],
      );
      const entriesOf = new Map(counted.map(({ requestId, entries }) => [requestId, entries]));
      const { rows: kept } = await reads.query<{ id: string }>(
        'INSERT INTO finished.answer (answer, entries) SELECT unnest($1::text[]), unnest($2::int[]) RETURNING id',
        [answers.map(({ answer }) => answer), answers.map(({ requestId }) => entriesOf.get(requestId)!)],
      );
      await reads.query('VACUUM ANALYZE finished.answer');
      return kept.map(({ id }) => `/${id}`);
    } finally {
      await Promise.all([reads.end(), audit.end()]);
    }
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null) return;
    const ended = once(this.process, 'exit');
    this.process.kill('SIGTERM');
    await ended;
  }

  private async listens(): Promise<boolean> {
    const answer = await fetch(this.url).catch(() => undefined);
    await answer?.body?.cancel();
    return answer !== undefined;
  }
}
