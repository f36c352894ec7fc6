import { randomUUID } from 'node:crypto';
import { type AuditEntry, AuditLog } from '#lib/audit';
import { textOf } from './pages.js';
import { type Got, QueryApp } from './query-app.js';
import { madeUpName, name } from './stored-people.js';

export const OFFICER = 'ig.officer';
export const MANAGER = 'priya.nair';

/** Who reads the audit, over a log with a look in it. */
export class AuditDesk {
  private constructor(
    readonly app: QueryApp,
    private readonly log: AuditLog,
  ) {}

  static async open(): Promise<AuditDesk> {
    const app = await QueryApp.open();
    return new AuditDesk(app, await AuditLog.open({ url: app.env.AUDIT_URL! }));
  }

  async close(): Promise<void> {
    await this.log.close();
    await this.app.close();
  }

  async someone() {
    const family = madeUpName();
    return { family, ...(await this.app.people.record({ names: [name(family, 'Ada')] })) };
  }

  /** Somebody whom Amara Okafor has looked at. */
  async looked() {
    const looked = await this.someone();
    await this.app.get(`/people/${looked.person}`);
    return looked;
  }

  async recorded(entry: Partial<AuditEntry>): Promise<void> {
    const at = Date.now();
    await this.log.record([
      { at, action: 'viewed-person', outcome: 'done', requestId: randomUUID(), reader: 'x.y', role: 'duty', team: 'Elsewhere', ...entry },
    ]);
  }

  async post(path: string, fields: Record<string, string>, reader = OFFICER): Promise<Got> {
    return this.app.send(path, { method: 'POST', headers: await this.app.as(reader), body: new URLSearchParams(fields) });
  }

  /** The page a question leads to. */
  async ask(fields: Record<string, string>, reader = OFFICER): Promise<{ path: string; got: Got; text: string }> {
    const { status, headers } = await this.post('/audit/questions', fields, reader);
    const path = headers.get('location') ?? '';
    const got = await this.app.get(path, reader);
    if (status !== 303 || got.status !== 200) throw new Error(`a question was answered with ${status}, its page with ${got.status}`);
    return { path, got, text: textOf(got.text) };
  }

  whoLooked(recordId: string, reader = OFFICER, source = 'mosaic') {
    return this.ask({ by: 'person', recordId, source }, reader);
  }

  /** Outcome and page of each record that an answer was read from the audit. */
  async readingsOf(got: Got) {
    return (await this.app.auditOf(got))
      .filter(({ action }) => ['read-audit', 'exported'].includes(action))
      .map(({ outcome, shown }) => [outcome, shown?.page]);
  }
}
