import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { type AuditRow, migrateAudit, readAudit } from '#lib/audit';
import { migrateReadModel } from '#lib/read-model';
import { loadAuthority } from '../../apps/query/src/authority.js';
import type { SearchResults } from '../../apps/query/src/search-people/search-people.query.js';
import type { SourceFreshness } from '../../apps/query/src/source-freshness.js';
import { startQuery } from '../../apps/query/src/start.js';
import type { OpenedPanel } from '../../apps/query/src/view-person/open-panel.query.js';
import type { PersonPage } from '../../apps/query/src/view-person/view-person.query.js';
import type { Relationships } from '../../apps/query/src/view-person/view-relationships.query.js';
import type { Contacts } from '../../apps/query/src/view-contacts/view-contacts.query.js';
import type { Family } from '../../apps/query/src/view-family/view-family.query.js';
import { TEST_OIDC } from '../../deploy/local/test-directory.js';
import { asAuditUsers } from './audit-users.js';
import { freshDatabase } from './fresh.js';
import { stack } from './stack.js';
import { StoredPeople } from './stored-people.js';
import { Visitor } from './visitor.js';

const AUTHORITY_FILE = 'deploy/authority/northbridge.json';

export interface Got {
  status: number;
  headers: Headers;
  text: string;
  /** The parsed body. Which parts of it are there depends on what was asked. */
  body: {
    result: SearchResults & PersonPage & OpenedPanel & Relationships & Family & Contacts;
    generation: number;
    sources: SourceFreshness[];
    requestId: string;
    id: string;
    type: string;
  };
}

/** The query service alone, on a read model that the test fills by hand. */
export class QueryApp {
  private readonly visitors = new Map<string, Promise<Visitor>>();
  /** Reader and person of every reason given. */
  private readonly reasons = new Set<string>();

  private constructor(
    readonly url: string,
    readonly env: Record<string, string>,
    readonly people: StoredPeople,
    private readonly stop: () => Promise<void>,
  ) {}

  /** Every source has been heard just now, is complete and matched. @param overrides settings a test wants otherwise: the read model of another app, say, which both then read and fill */
  static async open(overrides: Record<string, string> = {}): Promise<QueryApp> {
    const [readModelUrl, auditUrl, sessionsUrl] = await Promise.all([
      overrides.READ_MODEL_URL ?? freshDatabase('read-model'),
      freshDatabase('audit'),
      freshDatabase('sessions'),
    ]);
    await Promise.all([migrateReadModel(readModelUrl, { partitions: 2 }), migrateAudit(auditUrl)]);
    const env = {
      NODE_ENV: 'test',
      HTTP_PORT: '0',
      LOG_LEVEL: 'silent',
      READ_MODEL_URL: readModelUrl,
      AUDIT_URL: auditUrl,
      AUDIT_READ_URL: auditUrl,
      SESSIONS_URL: sessionsUrl,
      SESSION_SECRET: randomBytes(32).toString('hex'),
      AUTHORITY_FILE,
      FRESHNESS_KEPT_MS: '0',
      WAITING_KEPT_MS: '0',
      REQUESTS_PER_MINUTE: '1000000',
      ...TEST_OIDC,
      OIDC_ISSUER: (await stack()).issuerUrl,
      ...overrides,
    };
    const { url, stop } = await startQuery({ ...env, ...(await asAuditUsers(auditUrl)), ...overrides });
    const people = await StoredPeople.open(readModelUrl);
    await people.allFresh(loadAuthority(env.AUTHORITY_FILE).sources);
    return new QueryApp(url, env, people, stop);
  }

  async close(): Promise<void> {
    await this.people.close();
    await this.stop();
  }

  /** What a reader gets who has said why, wherever a person is asked for. */
  async get(path: string, reader = 'amara.okafor'): Promise<Got> {
    const [, person] = /^(?:\/v1)?\/people\/([0-9a-f-]{36})/.exec(path) ?? [];
    if (person !== undefined && !this.reasons.has(`${reader} ${person}`)) await this.giveReason(person, reader);
    return this.getUnasked(path, reader);
  }

  /** What a reader gets who has said nothing. */
  async getUnasked(path: string, reader = 'amara.okafor'): Promise<Got> {
    return this.send(path, { headers: await this.as(reader) });
  }

  /** Says why a person is looked at, for the rest of the reader's session. */
  async giveReason(
    person: string,
    reader = 'amara.okafor',
    purpose: object = { purpose: 'section-47', reference: 'none-yet' },
  ): Promise<Got> {
    const got = await this.sendJson(`/v1/people/${person}/reasons`, purpose, reader);
    if (got.status === 201) this.reasons.add(`${reader} ${person}`);
    return got;
  }

  /** The headers of a reader's browser, once they have signed in at the directory. */
  async as(reader: string): Promise<{ cookie: string }> {
    const visitor = this.visitors.get(reader) ?? Visitor.signedIn(this.url, reader);
    this.visitors.set(reader, visitor);
    return (await visitor).header;
  }

  /** The headers of another browser of the reader's. */
  async signedInAgain(reader: string): Promise<{ cookie: string }> {
    return (await Visitor.signedIn(this.url, reader)).header;
  }

  /** What a statement finds in the database of sessions. */
  async inSessions<Row>(statement: string): Promise<Row[]> {
    const client = new Client({ connectionString: this.env.SESSIONS_URL! });
    await client.connect();
    try {
      return (await client.query(statement)).rows as Row[];
    } finally {
      await client.end();
    }
  }

  async keep(terms: object, reader = 'amara.okafor'): Promise<Got> {
    return this.sendJson('/v1/searches', terms, reader);
  }

  /** The answer to a search, from keeping the terms to its results. */
  async search(terms: object, reader = 'amara.okafor'): Promise<Got> {
    const { body } = await this.keep(terms, reader);
    return this.get(`/v1/searches/${body.id}`, reader);
  }

  /** As a browser sends what a reader has filled in. */
  async sendForm(path: string, fields: Record<string, string> | URLSearchParams, reader = 'amara.okafor'): Promise<Got> {
    return this.send(path, { method: 'POST', headers: await this.as(reader), body: new URLSearchParams(fields) });
  }

  /** As a machine sends it, in the name of a reader. */
  async sendJson(path: string, body: object, reader = 'amara.okafor'): Promise<Got> {
    const headers = { ...(await this.as(reader)), 'content-type': 'application/json' };
    return this.send(path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  async send(path: string, request: RequestInit): Promise<Got> {
    const response = await fetch(`${this.url}${path}`, { redirect: 'manual', ...request });
    const text = await response.text();
    const json = (response.headers.get('content-type') ?? '').includes('json');
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: json && text !== '' ? (JSON.parse(text) as Got['body']) : ({} as Got['body']),
    };
  }

  /** What was recorded of one request. */
  async auditOf({ headers }: Got): Promise<AuditRow[]> {
    return readAudit(this.env.AUDIT_URL!, { requestId: headers.get('x-request-id')! });
  }
}
