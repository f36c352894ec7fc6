/** Which of several reasons stands with a look, and for how long. */
import { QueryApp } from '../../../../test/support/query-app.js';
import type { StoredPeople } from '../../../../test/support/stored-people.js';

let app: QueryApp;
let people: StoredPeople;
beforeAll(async () => {
  app = await QueryApp.open();
  people = app.people;
});
afterAll(() => app?.close());

const give = (person: string, reference: string) => app.giveReason(person, 'amara.okafor', { purpose: 'handover', reference });
/** What stands with a look at somebody: the reference of its reason, or that one was asked. */
async function referenceAt(person: string): Promise<string | null> {
  const got = await app.getUnasked(`/v1/people/${person}`);
  const [look] = await app.auditOf(got);
  return got.status === 200 ? look!.reference : String(look!.shown!.why);
}
async function family() {
  const [child, mother, sister] = await Promise.all([1, 2, 3].map(() => people.record()));
  await people.link(child!.subject, mother!.subject, 'parent');
  await people.link(child!.subject, sister!.subject, 'sibling');
  return { child: child!.person, mother: mother!.person, sister: sister!.person };
}

describe('Of several reasons', () => {
  it('that which was given for the person stands, although another of their family’s is newer', async () => {
    const { child, mother } = await family();
    await give(mother, 'M-1');
    await give(child, 'C-1');
    expect([await referenceAt(mother), await referenceAt(child)]).toEqual(['M-1', 'C-1']);
  });

  it('the newest of those given for their family stands where none was for them', async () => {
    const { child, mother, sister } = await family();
    await give(sister, 'S-1');
    await give(mother, 'M-1');
    expect(await referenceAt(child)).toBe('M-1');
    await give(sister, 'S-2');
    expect(await referenceAt(child)).toBe('S-2');
  });

  it('the one given last for the same person takes the place of the first', async () => {
    const { child } = await family();
    for (const reference of ['C-1', 'C-2']) await give(child, reference);
    expect(await referenceAt(child)).toBe('C-2');
  });
});

it('A reason is asked for again once it is older than the longest session', async () => {
  const { child } = await family();
  await give(child, 'C-1');
  const older = (by: string) =>
    app.inSessions(`UPDATE session.reason SET given_at = given_at - ${by} WHERE person = '${child}' RETURNING person`);
  expect(await older('9 * 3600000')).toHaveLength(1);
  expect(await referenceAt(child)).toBe('C-1');
  await older('3600001');
  expect(await referenceAt(child)).toBe('reason-needed');
});
