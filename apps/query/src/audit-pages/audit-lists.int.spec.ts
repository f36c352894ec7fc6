import { randomUUID } from 'node:crypto';
import { AuditDesk, OFFICER } from '../../../../test/support/audit-desk.js';
import { textOf } from '../../../../test/support/pages.js';
import type { QueryApp } from '../../../../test/support/query-app.js';
import { madeUpName } from '../../../../test/support/stored-people.js';

let desk: AuditDesk;
let app: QueryApp;
beforeAll(async () => {
  desk = await AuditDesk.open();
  ({ app } = desk);
});
afterAll(() => desk?.close());

describe('A look at a caseload', () => {
  it('is one line with its people behind it, between what was opened', async () => {
    const [reader, requestId, people] = [
      `case.${madeUpName().toLowerCase()}`,
      randomUUID(),
      Array.from({ length: 30 }, () => randomUUID()),
    ];
    const at = Date.now();
    await desk.recorded({ reader, at: at - 1, person: people[0]! });
    const listed = { reader, at, requestId, action: 'shown-in-results' } as const;
    await desk.recorded({ ...listed, shown: { list: 'caseload', own: 30 } });
    for (const person of people) await desk.recorded({ ...listed, person, shown: { list: 'caseload' } });
    const { got, text } = await desk.ask({ by: 'reader', reader });
    expect(got.text.split('<tr class="govuk-table__row" role="row">')).toHaveLength(2 + 2);
    expect(text).toMatch(/Was shown people in “My caseload” .*30 people Person .*on the caseload: 30/);
    for (const person of people) expect(got.text).toContain(`href="/audit/people/${person}"`);
  });
});

describe('Lists', () => {
  it('of overrides, refusals, reasons and readers of the audit hold what belongs there, with why and by whom', async () => {
    await desk.recorded({ action: 'overridden', reader: 'over.rider', person: randomUUID(), reason: 'section-47', reference: 'C-12' });
    await desk.recorded({ outcome: 'denied', reader: 'held.back', person: randomUUID(), shown: { why: 'knows-this-person' } });
    await desk.recorded({ reader: 'with.reason', reason: 'other', reference: 'none-yet' });
    const list = async (path: string) => textOf((await app.get(`/audit/looks/${path}`, OFFICER)).text);
    expect(await list('overrides')).toMatch(/over\.rider Duty worker, Elsewhere.*Opened a restricted record.*Section 47 enquiry, C-12/);
    expect(await list('refused')).toMatch(/held\.back.*Refused, nothing shown.*why not: the reader has said to know this person/);
    expect(await list('reasons')).toMatch(/with\.reason.*Other, no reference yet/);
    await app.get('/audit/looks/readers', OFFICER);
    const named = async (path: string) => {
      const text = await list(path);
      return ['over.rider', 'held.back', 'with.reason', 'ig.officer'].filter((reader) => text.includes(reader));
    };
    expect(await named('overrides')).toEqual(['over.rider']);
    expect(await named('refused')).toEqual(['held.back']);
    expect(await named('reasons')).toEqual(['over.rider', 'with.reason']);
    expect(await named('reasons?reason=section-47')).toEqual(['over.rider']);
    expect(await named('readers')).toEqual(['ig.officer']);
    expect(await list('readers')).toMatch(/ig\.officer Information governance officer.*Read the audit/);
    expect((await app.get('/audit/looks/everything', OFFICER)).status).toBe(404);
    expect(await list('overrides?from=2020-01-01&to=2020-01-02')).toContain('Nothing of this kind is on record in this period.');
  });
});

describe('A reason that was asked', () => {
  it('is no refusal: it stands in a list of its own, with whether it was given, and the refused are not in that', async () => {
    const denied = { outcome: 'denied', shown: { why: 'reason-needed' } } as const;
    const [person, left] = [randomUUID(), randomUUID()];
    await desk.recorded({ ...denied, reader: 'went.on', person });
    await desk.recorded({ action: 'gave-reason', reader: 'went.on', person, reason: 'section-47', at: Date.now() + 5 });
    await desk.recorded({ ...denied, reader: 'turned.back', person: left });
    await desk.recorded({ outcome: 'denied', reader: 'no.right', person, shown: { why: 'knows-this-person' } });
    const list = async (path: string) => textOf((await app.get(`/audit/looks/${path}`, OFFICER)).text);
    const named = (text: string) => ['went.on', 'turned.back', 'no.right'].filter((reader) => text.includes(reader));
    expect(named(await list('refused'))).toEqual(['no.right']);
    const all = await list('asked');
    expect(named(all)).toEqual(['went.on', 'turned.back']);
    expect(all).toMatch(/went\.on Duty worker, Elsewhere What Viewed basic details and states A reason was asked first, and was given/);
    expect(all).toMatch(
      /turned\.back Duty worker, Elsewhere What Viewed basic details and states A reason was asked, and none was given within the hour/,
    );
    expect(named(await list('asked?followed=given'))).toEqual(['went.on']);
    expect(named(await list('asked?followed=not-given'))).toEqual(['turned.back']);
    expect(await desk.readingsOf(await app.get('/audit/looks/asked', OFFICER))).toEqual([['done', 'audit/asked']]);
  });
});
