/** Who may open whom: cases, referrals and families, as the read model has them; anybody else is asked why. */
import { randomUUID } from 'node:crypto';
import { QueryApp } from '../../../../test/support/query-app.js';
import type { StoredPeople } from '../../../../test/support/stored-people.js';

let app: QueryApp;
let people: StoredPeople;
beforeAll(async () => {
  app = await QueryApp.open();
  people = app.people;
});
afterAll(() => app?.close());

const NOBODY = { name: null, role: null, phone: null, email: null, outOfHoursPhone: null, outOfHoursName: null, readerId: null };
/** What a reader gets who has not said why. */
const opens = async (person: string, reader = 'amara.okafor') => (await app.getUnasked(`/v1/people/${person}`, reader)).status;
const [OPENS, ASKED] = [200, 403];

describe('A reader needs no reason', () => {
  it('for whom an open involvement names them, by whatever case their name is written', async () => {
    const { person, subject } = await people.record();
    expect(await opens(person)).toBe(ASKED);
    await people.onCaseloadOf('Amara.Okafor', subject);
    expect([await opens(person), await opens(person, 'dan.whittle')]).toEqual([OPENS, ASKED]);
  });

  it('as long as it is open, not retracted, and its record is there', async () => {
    const practitioner = { ...NOBODY, readerId: 'amara.okafor' };
    const ended = await people.record();
    await people.involvement(ended.subject, { practitioner, status: 'closed' });
    const retracted = await people.record();
    await people.involvement(retracted.subject, { practitioner, status: 'retracted' });
    const updated = await people.record();
    await people.involvement(updated.subject, { practitioner, status: null });
    expect([await opens(ended.person), await opens(retracted.person), await opens(updated.person)]).toEqual([ASKED, ASKED, OPENS]);
    const removed = await people.record({ present: false });
    await people.record({ person: removed.person, source: 'liquidlogic' });
    await people.onCaseloadOf('amara.okafor', removed.subject);
    expect(await opens(removed.person)).toBe(ASKED);
  });

  it('for those linked to such a child in the case management system, from either side, and no further', async () => {
    const [child, mother, brother, grandmother, friend] = await Promise.all([1, 2, 3, 4, 5].map(() => people.record()));
    await people.onCaseloadOf('amara.okafor', child!.subject);
    await people.link(child!.subject, mother!.subject, 'parent');
    await people.link(brother!.subject, child!.subject, 'sibling');
    await people.link(mother!.subject, grandmother!.subject, 'parent');
    await people.link(child!.subject, friend!.subject, 'friend', { source: 'synergy' });
    expect(await Promise.all([mother, brother, grandmother, friend].map((one) => opens(one!.person)))).toEqual([
      OPENS,
      OPENS,
      ASKED,
      ASKED,
    ]);
  });

  it('also where the link or the involvement stands with a record that another has replaced, or with another record of the same person', async () => {
    const [child, mother] = [await people.record(), await people.record()];
    const replaced = await people.record({ person: null, replacedBy: child.subject });
    await people.onCaseloadOf('amara.okafor', replaced.subject);
    const helped = await people.record({ person: child.person, source: 'liquidlogic' });
    await people.link(helped.subject, mother.subject, 'parent');
    expect([await opens(child.person), await opens(mother.person)]).toEqual([OPENS, OPENS]);
  });

  it('for a referral to the own team that names nobody yet, but not for its family', async () => {
    const [child, mother, elsewhere, taken, other, nameless] = await Promise.all([1, 2, 3, 4, 5, 6].map(() => people.record()));
    await people.involvement(child!.subject, { team: 'Assessment East' });
    await people.link(child!.subject, mother!.subject, 'parent');
    await people.involvement(elsewhere!.subject, { team: 'Assessment West' });
    await people.involvement(taken!.subject, { team: 'Assessment East', practitioner: { ...NOBODY, name: 'Priya Nair' } });
    await people.involvement(nameless!.subject, { team: 'Assessment East', practitioner: { ...NOBODY, readerId: 'priya.nair' } });
    await people.involvement(other!.subject, { team: 'Assessment East', source: 'cluster-lists', service: 'early-help' });
    const asked = [mother, elsewhere, taken, other, nameless];
    expect(await Promise.all([child, ...asked].map((one) => opens(one!.person)))).toEqual([OPENS, ...asked.map(() => ASKED)]);
  });

  it('as a manager for whoever the own team is involved with, which a worker of that team does', async () => {
    const { person, subject } = await people.record();
    await people.involvement(subject, { team: 'Assessment East', practitioner: { ...NOBODY, name: 'Somebody Else' } });
    expect([await opens(person, 'priya.nair'), await opens(person)]).toEqual([OPENS, ASKED]);
  });

  it('for an id that is no longer used, where the one that replaced it is on the caseload', async () => {
    const { person, subject } = await people.record();
    await people.onCaseloadOf('amara.okafor', subject);
    const retired = randomUUID();
    await people.redirect(retired, person);
    expect(await opens(retired)).toBe(307);
  });
});

describe('A reason', () => {
  const given = { purpose: 'other', words: 'asked for by the court', reference: 'C-17' };

  it('is asked for before anything is shown, by REST and on pages, and that it was asked is on record', async () => {
    const { person } = await people.record();
    for (const rest of ['', '/relationships', '/services/police']) {
      const got = await app.getUnasked(`/v1/people/${person}${rest}`);
      expect([got.status, got.body.type]).toEqual([403, 'urn:involvement-index:problem:reason-needed']);
      expect(await app.auditOf(got)).toMatchObject([{ outcome: 'denied', person, shown: { why: 'reason-needed' }, reason: null }]);
    }
    const page = await app.getUnasked(`/people/${person}/services/school,police`);
    expect([page.status, page.headers.get('location')]).toEqual([
      303,
      `/people/${person}/reason?to=${encodeURIComponent(`/people/${person}/services/school,police`)}`,
    ]);
  });

  it('opens the person and their family for the rest of the session, and stands in every record of it', async () => {
    const [child, mother, grandmother] = await Promise.all([1, 2, 3].map(() => people.record()));
    await people.link(child!.subject, mother!.subject, 'parent');
    await people.link(mother!.subject, grandmother!.subject, 'parent');
    const giving = await app.giveReason(child!.person, 'dan.whittle', given);
    expect(await app.auditOf(giving)).toMatchObject([
      { action: 'gave-reason', person: child!.person, reason: 'other', reference: 'C-17', outcome: 'done' },
    ]);
    for (const { person } of [child!, mother!])
      for (const rest of ['', '/relationships', '/services/police']) {
        const got = await app.getUnasked(`/v1/people/${person}${rest}`, 'dan.whittle');
        expect(got.status).toBe(200);
        const rows = await app.auditOf(got);
        for (const row of rows) expect(row).toMatchObject({ reason: 'other', reference: 'C-17' });
      }
    expect(await opens(grandmother!.person, 'dan.whittle')).toBe(ASKED);
    expect(await opens(child!.person)).toBe(ASKED);
  });

  it('is not on record where none was needed', async () => {
    const { person, subject } = await people.record();
    await people.onCaseloadOf('amara.okafor', subject);
    await app.giveReason(person);
    expect((await app.auditOf(await app.getUnasked(`/v1/people/${person}`)))[0]).toMatchObject({ outcome: 'done', reason: null });
  });

  it('holds as well for the id that has replaced the one it was given for', async () => {
    const [{ person }, retired] = [await people.record(), randomUUID()];
    await people.redirect(retired, person);
    await app.giveReason(retired);
    expect([await opens(retired), await opens(person)]).toEqual([307, OPENS]);
  });

  it('is asked for again in another session', async () => {
    const { person } = await people.record();
    await app.giveReason(person, 'dan.whittle');
    expect(await opens(person, 'dan.whittle')).toBe(OPENS);
    const later = await app.signedInAgain('dan.whittle');
    expect((await app.send(`/v1/people/${person}`, { headers: later })).status).toBe(ASKED);
  });

  it.each([
    [{}, ['/purpose', '/reference']],
    [{ purpose: 'curious', reference: 'none-yet' }, ['/purpose']],
    [{ purpose: 'other', reference: 'none-yet' }, ['/words']],
    [{ purpose: 'handover', reference: ' ' }, ['/reference']],
  ])('that is none is refused with what is wrong: %j', async (body, pointers) => {
    const got = await app.giveReason(randomUUID(), 'amara.okafor', body);
    expect([got.status, got.body.type]).toEqual([400, 'urn:involvement-index:problem:purpose-wrong']);
    const { problems } = JSON.parse(got.text) as { problems: { pointer: string; expected: string }[] };
    expect(problems.map(({ pointer }) => pointer)).toEqual(pointers);
    expect(problems.map(({ expected }) => expected).join()).not.toContain('Invalid');
  });

  it('is no use to a role that may read no families', async () => {
    const { person } = await people.record();
    const giving = await app.giveReason(person, 'ig.officer');
    expect([giving.status, (await app.auditOf(giving))[0]]).toMatchObject([403, { action: 'gave-reason', outcome: 'denied' }]);
    expect(await opens(person, 'ig.officer')).toBe(403);
  });

  it('stands sealed in the database of sessions', async () => {
    const { person } = await people.record();
    await app.giveReason(person, 'amara.okafor', { ...given, reference: 'Tommy Williams 249012' });
    const kept = await app.inSessions<{ sealed: Buffer }>(`SELECT sealed FROM session.reason WHERE person = '${person}'`);
    expect(kept).toHaveLength(1);
    expect(kept[0]!.sealed.toString('latin1')).not.toMatch(/Tommy|court/);
  });
});

describe('Somebody restricted, and somebody who is not there', () => {
  const wouldBeOnCaseload = async () => {
    const [child, mother] = [await people.record({ restriction: 'restricted' }), await people.record()];
    await people.onCaseloadOf('amara.okafor', child.subject);
    await people.link(child.subject, mother.subject, 'parent');
    return { child: child.person, mother: mother.person };
  };
  const said = async (person: string, rest: string) => {
    const { status, text, headers } = await app.getUnasked(`/${rest.replace('ID', person)}`);
    return { status, text: text.replaceAll(person, 'ID'), location: headers.get('location')?.replaceAll(person, 'ID') };
  };
  const PATHS = ['v1/people/ID', 'v1/people/ID/relationships', 'v1/people/ID/services/police', 'people/ID', 'people/ID/reason'];

  it('ask for a reason like anybody outside the caseload, although it names the reader', async () => {
    const { child } = await wouldBeOnCaseload();
    const { person: anybody } = await people.record();
    for (const [at, path] of PATHS.entries()) {
      const like = await said(anybody, path);
      expect([path, like.status]).toEqual([path, [403, 403, 403, 303, 200][at]]);
      expect([await said(child, path), await said(randomUUID(), path)]).toEqual([like, like]);
    }
  });

  it('are not there once it is given, by the same bytes', async () => {
    const [{ child }, nobody] = [await wouldBeOnCaseload(), randomUUID()];
    for (const person of [child, nobody]) expect((await app.giveReason(person)).status).toBe(201);
    for (const path of PATHS.slice(0, 4)) {
      const [restricted, absent] = [await said(child, path), await said(nobody, path)];
      expect([restricted.status, restricted]).toEqual([404, absent]);
    }
  });

  it('open nobody’s family: neither by the caseload nor by the reason given for them', async () => {
    const { child, mother } = await wouldBeOnCaseload();
    expect(await opens(mother)).toBe(ASKED);
    await app.giveReason(child);
    expect(await opens(mother)).toBe(ASKED);
  });
});
