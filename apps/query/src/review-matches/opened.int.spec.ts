import { textOf } from '../../../../test/support/pages.js';
import type { Got } from '../../../../test/support/query-app.js';
import { statementsSent } from '../../../../test/support/statements-sent.js';
import { born, madeUpName, name, type StoredRecordOptions } from '../../../../test/support/stored-people.js';
import { DIFFERENT, GRACE, SAME, StewardsDesk, TOM, WEN } from '../../../../test/support/stewards-desk.js';

let desk: StewardsDesk;
beforeAll(async () => {
  desk = await StewardsDesk.open();
});
afterAll(() => desk?.close());

/** Two people with nothing in common but a name, whom nobody has asked about. */
const two = async (other: StoredRecordOptions = {}, one: StoredRecordOptions = {}) => {
  const family = madeUpName();
  const records = [
    await desk.app.people.record({ names: [name(family, 'Ada')], dateOfBirth: born('1980-02-03'), ...one }),
    await desk.app.people.record({ source: 'liquidlogic', names: [name(family, 'Zenobia')], dateOfBirth: born('1984-11-23'), ...other }),
  ] as const;
  const [lesser, greater] = records.map(({ subject }) => subject).sort() as [string, string];
  const ids = {
    firstSource: 'mosaic',
    firstId: records[0].recordId,
    secondSource: other.source ?? 'liquidlogic',
    secondId: records[1].recordId,
  };
  return { records, ids, one: lesser, path: `/matches/${lesser}/${greater}` };
};
/** An ID that nobody has, and nothing else on a page reads like. */
const NOBODYS = '740074007400';
const open = (ids: Record<string, string>, reader: string = GRACE): Promise<Got> =>
  desk.send('/matches/opened', { because: 'worker-asked', ...ids }, reader);
const pageOf = async (path: string, reader: string = GRACE) => textOf((await desk.read(path, reader)).text);

describe('Any two records', () => {
  it('open by the IDs their sources know them by, on record with the purpose, for whoever asked, and say why they are two and what would change it', async () => {
    const { records, ids, path } = await two();
    expect(await desk.besideNobody(path)).toEqual([404, true]);
    const got = await open(ids);
    expect([got.status, got.headers.get('location')]).toEqual([303, path]);
    const shown = { because: 'worker-asked' };
    expect(await desk.app.auditOf(got)).toMatchObject(records.map(({ person, subject }) => ({ action: 'opened-match', person, subjects: [subject], shown }))); // prettier-ignore
    const page = await pageOf(path);
    for (const words of ['They are shown as two people.', 'Different given names', 'What would change it', 'Your answer'])
      expect(page).toContain(words);
    expect(await desk.besideNobody(path, TOM)).toEqual([404, true]);
    expect([await desk.queued(), await desk.queued(TOM)]).toEqual([expect.not.arrayContaining([path]), expect.not.arrayContaining([path])]);
  });

  it('of one person say so', async () => {
    const { records, ids, path } = await two();
    const [{ person }, second] = records;
    await desk.app.people.assign(second.subject, person);
    await desk.matcher.waits(records[0], { ...second, person });
    await open(ids);
    expect(await pageOf(path)).toContain('They are shown as one person. By these two alone they would not be');
  });

  it('of which one is restricted, known to the steward, removed, or not told of at that age, are answered as those that were never sent', async () => {
    const [absent, restricted, known, removed, ofAChild] = [await two(), await two(), await two(), await two(), await two({ source: 'niche', dateOfBirth: born('2015-05-12') })]; // prettier-ignore
    await desk.app.people.restrictByHand(restricted.records[1].subject);
    await desk.app.people.pool.query('INSERT INTO decided.declaration (declaration, reader, subject) VALUES (gen_random_uuid(), $1, $2)', [
      GRACE,
      known.records[1].subject,
    ]);
    await desk.app.people.record({ ...removed.records[1], source: 'liquidlogic', present: false });
    const answered = async (ids: Record<string, string>) => {
      const { status, text } = await open(ids);
      return [status, text.replaceAll(ids.firstId!, 'FIRST').replaceAll(ids.secondId!, 'SECOND')];
    };
    const nobody = await answered({ ...absent.ids, secondId: NOBODYS });
    expect(nobody[0]).toBe(404);
    for (const { ids } of [restricted, known, removed]) expect(await answered(ids)).toEqual(nobody);
    const sentFor = async (ids: Record<string, string>) => statementsSent(desk.app.env.READ_MODEL_URL!, async () => void (await open(ids)));
    const sent = await sentFor({ ...absent.ids, secondId: NOBODYS });
    for (const { ids } of [restricted, known, removed, ofAChild]) expect(await sentFor(ids)).toEqual(sent);
    expect(await answered(ofAChild.ids)).toEqual(await answered({ ...ofAChild.ids, secondId: NOBODYS }));
    expect((await open(known.ids, TOM)).status).toBe(303);
    expect((await desk.app.auditOf(await open(restricted.ids))).map(({ action, outcome, person }) => [action, outcome, person])).toEqual([
      ['opened-match', 'nothing-found', null],
    ]);
  });

  it('that are one ID typed twice are answered so, whether or not anybody has it', async () => {
    const { ids } = await two();
    for (const firstId of [ids.firstId, NOBODYS]) {
      const { status, text } = await open({ firstSource: 'mosaic', firstId, secondSource: 'mosaic', secondId: firstId });
      expect([status, textOf(text).includes('The two are one and the same record.')]).toEqual([400, true]);
    }
    expect((await open({ ...ids, secondSource: 'liquidlogic', secondId: ids.firstId })).status).toBe(404);
  });

  it('close again after an hour', async () => {
    const { ids, one, path } = await two();
    await open(ids);
    await desk.app.people.pool.query(`UPDATE decided.opened_pair SET opened_at = opened_at - interval '61 minutes' WHERE one = $1`, [one]);
    expect(await desk.besideNobody(path)).toEqual([404, true]);
    expect((await desk.decide(path, SAME)).status).toBe(404);
  });

  it('are decided by nobody alone who has picked them: they wait for a second steward, who is not told why', async () => {
    const { ids, one, path } = await two();
    await open(ids);
    await desk.decide(path, SAME);
    expect([await desk.askedOf({ one }), await desk.queued(TOM)]).toEqual([[], expect.arrayContaining([path])]);
    expect(await pageOf(path, TOM)).not.toContain('They are shown as two people.');
    expect((await desk.decide(path, SAME, TOM)).status).toBe(303);
    expect([(await desk.askedOf({ one })).map(({ ruling }) => ruling), await desk.queued(WEN)]).toEqual([
      ['together'],
      expect.not.arrayContaining([path]),
    ]);
  });

  it('that stewards have decided about say so, and one other steward alone does not decide otherwise', async () => {
    const { ids, one, path } = await two();
    await open(ids);
    await desk.decide(path, SAME);
    await desk.decide(path, SAME, TOM);
    await open(ids, WEN);
    expect(await pageOf(path, WEN)).toMatch(/They are shown as two people\. Data stewards decided on .* that they are one person\./);
    await desk.decide(path, DIFFERENT, WEN);
    expect((await desk.askedOf({ one })).map(({ ruling }) => ruling)).toEqual(['together']);
  });
});
