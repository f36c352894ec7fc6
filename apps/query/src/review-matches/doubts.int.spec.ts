import { doubt, OF_THE_POLICE, READER, storeJoined, withdraw } from '../../../../test/support/doubted-people.js';
import { textOf } from '../../../../test/support/pages.js';
import { DIFFERENT, GRACE, SAME, StewardsDesk, TOM, WEN } from '../../../../test/support/stewards-desk.js';

let desk: StewardsDesk;
beforeAll(async () => {
  desk = await StewardsDesk.open();
});
afterAll(() => desk?.close());

const stateOf = async (person: string) =>
  (await desk.app.get(`/v1/people/${person}`)).body.result.panels.find(({ service }) => service === 'police')!.state.words;
const HELD_BACK = 'Not checked: a possible wrong match awaiting review';
const pathOf = (one: string, other: string) => `/matches/${[one, other].sort().join('/')}`;
const doubted = async (words = '') => {
  const joined = await storeJoined(desk.app);
  await doubt(desk.app, joined.person, joined.police.subject, words === '' ? {} : { words });
  return { ...joined, path: pathOf(joined.known.subject, joined.police.subject) };
};
const settledAs = async (subject: string) =>
  (await desk.app.people.pool.query<{ settled_as: string }>('SELECT settled_as FROM decided.doubt WHERE subject = $1', [subject])).rows.map(
    (row) => row.settled_as,
  );

describe('A reader’s doubt', () => {
  it('stands first in the queue, and its page says what the reader said, and not who it was', async () => {
    await desk.waits({ source: 'niche' }, {}, 50);
    const { path, family } = await doubted('Ada is the younger one');
    const listed = await desk.read('/matches');
    expect((await desk.queued()).indexOf(path)).toBe(0);
    expect(textOf(listed.text)).toContain('A reader doubts what is shown');
    expect(listed.text).not.toMatch(new RegExp(`${family}|${OF_THE_POLICE.source}`));
    const page = textOf((await desk.read(path)).text);
    for (const words of [
      'a reader has said that the',
      'record is of somebody else',
      'same or a similar name',
      'Ada is the younger one',
      'Police: Niche',
    ])
      expect(page).toContain(words);
    expect(page).not.toMatch(/amara|okafor/i);
  });

  it('whose words can’t be opened any more is told to have had some', async () => {
    const { path, police } = await doubted('Ada is the younger one');
    await desk.app.people.pool.query(`UPDATE decided.doubt SET sealed = sha256(sealed) WHERE subject = $1`, [police.subject]);
    expect(textOf((await desk.read(path)).text)).toContain('They wrote more, which can’t be opened any more');
  });

  it('settled as one person brings the facts back, once as many stewards agree as the service needs', async () => {
    const { person, path, police } = await doubted();
    await desk.decide(path, SAME);
    expect([await stateOf(person), await settledAs(police.subject)]).toEqual([HELD_BACK, [null]]);
    await desk.decide(path, SAME, TOM);
    expect([await stateOf(person), await settledAs(police.subject)]).toEqual(['Records held', ['same']]);
    expect(await desk.queued(WEN)).not.toContain(path);
  });

  it('settled as two people parts the record from every other of the person, and shows nothing of it meanwhile', async () => {
    const { person, path, police, known } = await doubted();
    const helped = await desk.app.people.record({ source: 'liquidlogic', person });
    for (const steward of [GRACE, TOM]) await desk.decide(path, DIFFERENT, steward);
    const asked = await desk.app.people.pool.query<{ one: string; other: string; ruling: string }>(
      'SELECT one, other, ruling FROM decided.pair_ruling WHERE $1 IN (one, other)',
      [police.subject],
    );
    const pair = (subject: string) => ({
      ruling: 'apart',
      one: [subject, police.subject].sort()[0],
      other: [subject, police.subject].sort()[1],
    });
    expect(asked.rows).toEqual(expect.arrayContaining([pair(known.subject), pair(helped.subject)]));
    expect([asked.rows.length, (await desk.matcher.asked()).length]).toEqual([2, expect.any(Number)]);
    expect([await stateOf(person), await settledAs(police.subject)]).toEqual([HELD_BACK, ['different']]);
    const alone = await desk.app.people.record();
    await desk.app.people.assign(police.subject, alone.person);
    expect(await stateOf(person)).toBe('Checked, nothing found');
  });

  it('about a record of a usual service is settled by two as well where the police’s would be parted from it', async () => {
    const { person, known, police } = await storeJoined(desk.app);
    const school = await desk.app.people.record({ source: 'liquidlogic', person });
    await doubt(desk.app, person, school.subject);
    const path = pathOf(known.subject, school.subject);
    await desk.decide(path, DIFFERENT);
    expect([await settledAs(school.subject), (await desk.queued(TOM)).includes(path)]).toEqual([[null], true]);
    await desk.decide(path, DIFFERENT, TOM);
    const [one, other] = [school.subject, police.subject].sort();
    const { rows } = await desk.app.people.pool.query('SELECT ruling FROM decided.pair_ruling WHERE one = $1 AND other = $2', [one, other]);
    expect([await settledAs(school.subject), rows]).toEqual([['different'], [{ ruling: 'apart' }]]);
  });

  it('is open again when the ruling that settled it is taken back', async () => {
    const { person, path, police, known } = await doubted();
    await desk.app.people.record({ source: 'liquidlogic', person });
    for (const steward of [GRACE, TOM]) await desk.decide(path, DIFFERENT, steward);
    for (const steward of [TOM, GRACE]) await desk.send(`${path}/taken-back`, { step: 'take-back' }, steward);
    expect([await stateOf(person), await settledAs(police.subject)]).toEqual([HELD_BACK, [null]]);
    const { rows } = await desk.app.people.pool.query<{ last: string }>(
      `SELECT (array_agg(ruling ORDER BY number DESC))[1] AS last FROM decided.pair_ruling WHERE $1 IN (one, other) GROUP BY one, other`,
      [police.subject],
    );
    expect(rows.map(({ last }) => last)).toEqual(['none', 'none']);
    expect(await desk.queued(WEN)).toContain(pathOf(known.subject, police.subject));
  });

  it('withdrawn by its reader is in nobody’s queue, and there is no page of it', async () => {
    const { person, path, police } = await doubted();
    const { rows } = await desk.app.people.pool.query<{ id: string }>('SELECT id FROM decided.doubt WHERE subject = $1', [police.subject]);
    await withdraw(desk.app, person, rows[0]!.id, READER);
    expect(await desk.queued()).not.toContain(path);
    expect(await desk.besideNobody(path)).toEqual([404, true]);
  });

  it('goes to stewards under the record that has replaced the doubted one', async () => {
    const { person, police, known } = await doubted();
    const successor = await desk.app.people.record({ source: 'niche', person });
    await desk.app.people.record({ ...police, source: 'niche', person, replacedBy: successor.subject, replacedAt: 3 });
    const path = pathOf(known.subject, successor.subject);
    expect(await desk.queued()).toContain(path);
    for (const steward of [GRACE, TOM]) await desk.decide(path, SAME, steward);
    expect(await settledAs(police.subject)).toEqual(['same']);
  });
});
