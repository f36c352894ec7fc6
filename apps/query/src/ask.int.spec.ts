import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { eventually } from '../../../test/support/eventually.js';
import { QueryApp } from '../../../test/support/query-app.js';
import { Visitor } from '../../../test/support/visitor.js';
import { madeUpName, name, type StoredPeople } from '../../../test/support/stored-people.js';

let app: QueryApp;
let people: StoredPeople;
let audit: Pool;
beforeAll(async () => {
  app = await QueryApp.open();
  people = app.people;
  audit = new Pool({ connectionString: app.env.AUDIT_URL! });
  audit.on('error', () => undefined);
});
afterAll(async () => {
  await audit?.end();
  await app?.close();
});

const someone = async () => {
  const family = madeUpName();
  return { family, ...(await people.record({ names: [name(family, 'Ada')] })) };
};

describe('No audit record, no answer', () => {
  const withoutAudit = async (look: () => Promise<void>) => {
    await audit.query('REVOKE INSERT ON audit.entry FROM involvement_audit_writer');
    try {
      await look();
    } finally {
      await audit.query('GRANT INSERT ON audit.entry TO involvement_audit_writer');
    }
  };

  it.each([
    ['a person over REST', (person: string) => `/v1/people/${person}`],
    ['their relationships', (person: string) => `/v1/people/${person}/relationships`],
    ['a service’s panel', (person: string) => `/v1/people/${person}/services/childrens-social-care`],
    ['a person’s page', (person: string) => `/people/${person}`],
  ])('%s: 503 and not a byte about them', async (_, pathOf) => {
    const { family, person, recordId } = await someone();
    expect((await app.get(pathOf(person))).status).toBe(200);
    await withoutAudit(async () => {
      const got = await app.get(pathOf(person));
      expect(got.status).toBe(503);
      expect(got.text).not.toContain(family);
      expect(got.text.toUpperCase()).not.toContain(family.toUpperCase());
      expect(got.text).not.toContain(recordId);
      expect(got.text).not.toContain(person);
      expect(got.headers.get('cache-control')).toBe('no-store');
    });
  });

  it('a search: 503, whether or not it would have found anybody', async () => {
    const { family } = await someone();
    const there = await app.keep({ familyName: family });
    const absent = await app.keep({ familyName: madeUpName() });
    await withoutAudit(async () => {
      const answers = [await app.get(`/v1/searches/${there.body.id}`), await app.get(`/v1/searches/${absent.body.id}`)];
      expect(answers.map(({ status }) => status)).toEqual([503, 503]);
      expect(answers[0]!.text).toBe(answers[1]!.text);
      expect(answers[0]!.body.type).toBe('urn:involvement-index:problem:audit-unavailable');
      expect(answers[0]!.headers.get('retry-after')).toBe('5');
    });
  });

  it('a refusal is not given either before it is recorded', async () => {
    const { person } = await someone();
    await app.as('ig.officer');
    await withoutAudit(async () => {
      expect((await app.get(`/v1/people/${person}`, 'ig.officer')).status).toBe(503);
    });
  });
});

describe('When the audit database is gone altogether', () => {
  it('nothing is shown and nobody is let in; once it is back, all is well again', async () => {
    const { family, person } = await someone();
    const database = new URL(app.env.AUDIT_URL!).pathname.slice(1);
    const allow = (connections: boolean) => people.pool.query(`ALTER DATABASE "${database}" ALLOW_CONNECTIONS ${connections}`);
    await allow(false);
    await people.pool.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [database]);
    try {
      for (const path of [`/v1/people/${person}`, `/people/${person}`]) {
        const got = await app.get(path);
        expect(got.status).toBe(503);
        expect(got.text.toUpperCase()).not.toContain(family.toUpperCase());
      }
      await expect(new Visitor(app.url).signIn('amara.okafor')).rejects.toThrow('503 from /sign-in/return');
      expect((await app.send('/health/ready', {})).status).toBe(503);
    } finally {
      await allow(true);
    }
    expect((await app.get(`/v1/people/${person}`)).status).toBe(200);
  });
});

describe('The record of a look', () => {
  it('is durable before the first byte leaves: whoever holds it back holds the answer back', async () => {
    const { person } = await someone();
    await app.giveReason(person);
    const lock = await audit.connect();
    await lock.query('BEGIN; LOCK TABLE audit.entry IN SHARE MODE');
    let answered = false;
    const look = app.get(`/v1/people/${person}`).then((got) => {
      answered = true;
      return got;
    });
    try {
      await recordWaits();
      expect(answered).toBe(false);
    } finally {
      await lock.query('COMMIT');
      lock.release();
    }
    const got = await look;
    expect(got.status).toBe(200);
    expect(await app.auditOf(got)).toHaveLength(2);
  });

  it('is written with synchronous commit, by a role that can do nothing but insert', async () => {
    const { rows } = await audit.query(
      `SELECT has_table_privilege('involvement_audit_writer', 'audit.entry', 'SELECT') AS reads,
              has_table_privilege('involvement_audit_writer', 'audit.entry', 'UPDATE, DELETE, TRUNCATE') AS changes`,
    );
    expect(rows).toEqual([{ reads: false, changes: false }]);
  });
});

describe('Many readers at once', () => {
  it('do not wait for each other for ever: 40 looks at once, each recorded', async () => {
    const { person } = await someone();
    await app.giveReason(person);
    const looks = await Promise.all(Array.from({ length: 40 }, () => app.get(`/v1/people/${person}`)));
    expect(new Set(looks.map(({ status }) => status))).toEqual(new Set([200]));
    const { rows } = await audit.query(`SELECT count(*)::int AS looks FROM audit.entry WHERE person = $1 AND action = 'viewed-person'`, [
      person,
    ]);
    expect(rows).toEqual([{ looks: 40 }]);
  });
});

describe('When the read model can’t be read', () => {
  it('the answer is 503, and the next question is answered again once it is back', async () => {
    const { person } = await someone();
    await people.pool.query(`UPDATE control.generation SET state = 'retired'`);
    const got = await app.get(`/v1/people/${person}`);
    expect([got.status, got.body.type]).toEqual([503, 'urn:involvement-index:problem:read-model-unavailable']);
    await people.pool.query(`UPDATE control.generation SET state = 'live'`);
    expect((await app.get(`/v1/people/${person}`)).status).toBe(200);
  });

  it('connections cut off in between do no lasting harm', async () => {
    const { person } = await someone();
    const cut = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`;
    await audit.query(cut);
    await people.pool.query(cut).catch(() => undefined);
    await eventually('an answer', async () => (await app.get(`/v1/people/${person}`)).status === 200);
  });
});

describe('A switch of generation', () => {
  it('is seen by the next question as a whole', async () => {
    const { person } = await someone();
    await people.pool.query(`
      CREATE SCHEMA read_2;
      DO $$ DECLARE t text; BEGIN
        FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'read_1' LOOP
          EXECUTE format('CREATE TABLE read_2.%I (LIKE read_1.%I INCLUDING ALL)', t, t);
        END LOOP;
      END $$;
      INSERT INTO control.generation (id, schema_name, fold_version, partitions, state) VALUES (2, 'read_2', 1, 2, 'building')`);
    expect((await app.get(`/v1/people/${person}`)).body.generation).toBe(1);
    await people.pool.query(
      `UPDATE control.generation SET state = 'retired' WHERE id = 1; UPDATE control.generation SET state = 'live' WHERE id = 2`,
    );
    expect((await app.get(`/v1/people/${person}`)).status).toBe(404);
    await people.pool.query(
      `UPDATE control.generation SET state = 'building' WHERE id = 2; UPDATE control.generation SET state = 'live' WHERE id = 1`,
    );
    expect((await app.get(`/v1/people/${person}`)).body.generation).toBe(1);
    expect((await app.get(`/v1/people/${randomUUID()}`)).status).toBe(404);
  });
});

/** Until an audit record is seen to wait for a lock. */
function recordWaits(): Promise<boolean> {
  return eventually('an audit record that waits', async () => {
    const { rows } = await audit.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query ~ 'INSERT INTO audit'`,
    );
    return rows.length > 0;
  });
}
