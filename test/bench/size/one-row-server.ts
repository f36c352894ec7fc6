/** The program that `OneRow` starts: each answer stands finished in one row, and nothing is left to do but what the promises ask of every answer. */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import pg from 'pg';
import { type AuditEntry, AuditLog } from '#lib/audit';
import { openReadModel } from '#lib/read-model';

/** As many connections as the query service opens on each store. */
const POOL = 10;
const { READ_MODEL_URL, SESSIONS_URL, AUDIT_URL, HTTP_PORT } = process.env;

const reads = openReadModel(READ_MODEL_URL!, { max: POOL, forQuestions: true });
const sessions = new pg.Pool({ connectionString: SESSIONS_URL!, max: POOL });
const audit = await AuditLog.open({ url: AUDIT_URL!, max: POOL });

interface Finished {
  answer: string;
  entries: number;
}

/** One snapshot of the live generation, as every answer has; and the row by which a reader says why they look. */
async function finished(id: string): Promise<Finished> {
  const client = await reads.connect();
  try {
    const [, , row] = await Promise.all([
      client.query({ name: 'begin', text: 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY' }),
      client.query({
        name: 'live',
        text: `SELECT id, set_config('search_path', schema_name, true) FROM control.generation WHERE state = 'live'`,
      }),
      client.query<Finished>({ name: 'row', text: 'SELECT answer, entries FROM finished.answer WHERE id = $1', values: [id] }),
      client.query('COMMIT'),
      sessions.query({ name: 'why', text: 'SELECT sealed FROM session.reason WHERE person = $1', values: [id] }),
    ]);
    return row.rows[0]!;
  } finally {
    client.release();
  }
}

/** @param entries how many the query service writes for this answer */
async function recorded(id: string, entries: number): Promise<void> {
  const entry: AuditEntry = {
    at: Date.now(),
    action: 'viewed-person',
    outcome: 'done',
    requestId: randomUUID(),
    reader: 'case-management',
    person: id,
    subjects: [id],
    generation: 1,
  };
  await audit.record(Array.from({ length: entries }, () => entry));
}

async function answered(id: string): Promise<string> {
  const { answer, entries } = await finished(id);
  await recorded(id, entries);
  return answer;
}

createServer((request, response) => {
  const id = request.url!.slice(1);
  if (id === '') return void response.end();
  const failed = (error: unknown) => response.writeHead(500).end(String(error));
  void answered(id).then((answer) => response.writeHead(200, { 'content-type': 'application/json' }).end(answer), failed);
}).listen(Number(HTTP_PORT), '127.0.0.1');
process.stdin.on('end', () => process.exit()).resume();
