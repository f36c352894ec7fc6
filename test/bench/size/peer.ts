import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, resolve } from 'node:path';
import type autocannon from 'autocannon';
import pg from 'pg';
import { searchTermsOf } from '#lib/matching';
import { freePorts } from '../../../deploy/local/ports.js';
import { eventually } from '../../support/eventually.js';
import type { Typed } from './lookups.js';

/** Fetched when it is needed and kept apart: 150 packages that nothing else here wants. */
const POSTGRAPHILE = 'postgraphile@5.1.5';

/** What is asked of the peer: the same person, panel or search, as GraphQL. */
export type Asked = { person: string } | { person: string; service: string } | { typed: Typed };

/** PostGraphile over the same tables, as a process of its own: no audit, no display rules, no sign-in. */
export class Peer {
  private constructor(
    readonly url: string,
    private readonly process: ChildProcess,
  ) {}

  static async start(readModelUrl: string): Promise<Peer> {
    await expose(readModelUrl);
    const [port] = await freePorts(1);
    const args = ['exec', '--yes', `--package=${POSTGRAPHILE}`, '--', 'postgraphile', '-P', 'postgraphile/presets/amber'];
    const path = [resolve('node_modules/.bin'), process.env.PATH].join(delimiter);
    const child = spawn('npm', [...args, '-c', readModelUrl, '-s', 'peer', '-n', '127.0.0.1', '-p', String(port)], {
      env: { ...process.env, PATH: path, GRAPHILE_ENV: 'production', NODE_ENV: 'production' },
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
    });
    let said = '';
    child.stderr?.on('data', (text) => (said += String(text)));
    const peer = new Peer(`http://127.0.0.1:${port}`, child);
    try {
      await eventually('PostGraphile answered', () => peer.answers(), { within: 60_000 });
    } catch (error) {
      await peer.stop();
      throw new Error(`PostGraphile did not start: ${said.slice(-2000)}`, { cause: error });
    }
    return peer;
  }

  request(asked: Asked): autocannon.Request {
    return { method: 'POST', path: '/graphql', headers: { 'content-type': 'application/json' }, body: JSON.stringify(questionOf(asked)) };
  }

  /** @throws Error where the answer is not what was asked for: a peer that answers with errors would look fast */
  async check(asked: Asked): Promise<void> {
    const { path, body, headers } = this.request(asked);
    const answer = (await (
      await fetch(`${this.url}${path}`, { method: 'POST', headers: headers as Record<string, string>, body: String(body) })
    ).json()) as {
      data?: { records: { nodes: unknown[] } };
    };
    if (!answer.data?.records.nodes.length) throw new Error(`PostGraphile answered ${JSON.stringify(answer).slice(0, 500)}`);
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = once(this.process, 'exit');
    process.kill(-this.process.pid!, 'SIGTERM');
    await ended;
  }

  private async answers(): Promise<boolean> {
    const answer = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ __typename }' }),
    }).catch(() => undefined);
    return answer?.ok ?? false;
  }
}

const RECORD = 'subject source recordId names dateOfBirth dateOfBirthPrecision gender addresses identifiers deceasedOn detailsAt';
const INVOLVEMENT = 'service status openedOn closedOn organisation team teamPhone practitioner details';
const LINK = 'relationship startedOn parentalResponsibility mainCarer';
const PERSON = `query ($person: UUID!) { records: recordsOf(person: $person) { nodes { ${RECORD}
  involvementsBySubject { nodes { service source status closedOn } }
  relationshipsBySubject { nodes { ${LINK} recordByOtherSubject { subject names dateOfBirth } } }
  relationshipsByOtherSubject { nodes { ${LINK} recordBySubject { subject names dateOfBirth } } } } } }`;
const PANEL = `query ($person: UUID!, $service: String!) { records: recordsOf(person: $person) { nodes { ${RECORD}
  involvementsBySubject(condition: { service: $service }) { nodes { ${INVOLVEMENT} } } } } }`;
const FOUND = `query ($family: [String]!, $given: [String]!, $narrowing: [String]!) {
  records: recordsFound(family: $family, given: $given, narrowing: $narrowing) { nodes { ${RECORD} person } } }`;

function questionOf(asked: Asked): { query: string; variables: object } {
  if ('typed' in asked) {
    const { all } = searchTermsOf(asked.typed);
    const [family = [], given = [], narrowing = []] = all;
    return { query: FOUND, variables: { family, given, narrowing } };
  }
  return { query: 'service' in asked ? PANEL : PERSON, variables: asked };
}

/** Views of the live generation with the keys that PostGraphile joins by, and the two lookups that need more than a key. */
async function expose(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`
      DROP SCHEMA IF EXISTS peer CASCADE;
      CREATE SCHEMA peer;
      CREATE VIEW peer.record AS
        SELECT r.subject, rp.person, r.source, r.record_id, r.names, r.date_of_birth, r.date_of_birth_precision, r.gender, r.addresses,
               r.identifiers, r.deceased_on, r.details_at
        FROM read_1.record r JOIN read_1.record_person rp USING (subject) WHERE r.present AND r.restriction = 'none';
      CREATE VIEW peer.involvement AS
        SELECT source, involvement_id, subject, service, status, opened_on, closed_on, organisation, team, team_phone, practitioner, details
        FROM read_1.involvement WHERE status IS DISTINCT FROM 'retracted';
      CREATE VIEW peer.relationship AS
        SELECT source, relationship_id, subject, other_subject, relationship, started_on, parental_responsibility, main_carer
        FROM read_1.relationship WHERE status = 'linked';
      COMMENT ON VIEW peer.record IS E'@primaryKey subject';
      COMMENT ON VIEW peer.involvement IS E'@primaryKey source,involvement_id\\n@foreignKey (subject) references record (subject)\\n@behavior +filterBy';
      COMMENT ON VIEW peer.relationship IS
        E'@primaryKey source,relationship_id\\n@foreignKey (subject) references record (subject)\\n@foreignKey (other_subject) references record (subject)';
      COMMENT ON COLUMN peer.involvement.service IS E'@behavior +filterBy';
      CREATE FUNCTION peer.records_of(person uuid) RETURNS SETOF peer.record LANGUAGE sql STABLE AS
        'SELECT * FROM peer.record r WHERE r.person = records_of.person';
      CREATE FUNCTION peer.records_found(family text[], given text[], narrowing text[]) RETURNS SETOF peer.record LANGUAGE sql STABLE AS $$
        SELECT v.* FROM peer.record v JOIN read_1.record r USING (subject)
        WHERE r.search_keys && family AND r.search_keys && given AND (narrowing = '{}' OR r.search_keys && narrowing)
        ORDER BY v.date_of_birth DESC NULLS LAST, v.person LIMIT 21 $$;`);
  } finally {
    await client.end();
  }
}
