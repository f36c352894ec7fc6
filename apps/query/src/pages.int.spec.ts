import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { textOf } from '../../../test/support/pages.js';
import { QueryApp } from '../../../test/support/query-app.js';
import { address, born, madeUpName, name, type StoredPeople } from '../../../test/support/stored-people.js';
import { Visitor } from '../../../test/support/visitor.js';
import { withoutAudit } from '../../../test/support/without-audit.js';

let app: QueryApp | undefined;
let stored: StoredPeople;
let auditUrl: string;
let amara: Visitor;

beforeAll(async () => {
  app = await QueryApp.open();
  stored = app.people;
  auditUrl = app.env.AUDIT_URL!;
  amara = await Visitor.signedIn(app.url, 'amara.okafor');
});

afterAll(() => app?.close());

const stateOn = (html: string, service: string) => {
  const panel = new RegExp(`<section[^>]*id="${service}"[^]*?</section>`).exec(html)?.[0] ?? '';
  const state = /<span class="ii-state[^]*?<\/span>/.exec(panel)?.[0] ?? '';
  return textOf(state.replaceAll(/<\/?a\b[^>]*>/g, ''));
};

test('an adult’s page says of each service which of the five states it is in', async () => {
  const { subject, person } = await stored.record({ dateOfBirth: born('1990-01-20') });
  await stored.involvement(subject);
  await stored.involvement(subject, { source: 'northbridge-homes', service: 'housing', status: 'closed', closedOn: '2025-03-14' });
  await stored.involvement(subject, { source: 'niche', service: 'police' });
  const html = await amara.openWithReason(`/people/${person}`);
  const services = ['childrens-social-care', 'housing', 'police', 'early-help', 'school'];
  expect(services.map((service) => stateOn(html, service))).toEqual([
    'Involved now',
    'Involved before, ended 14 Mar 2025',
    'Records held',
    'Checked, nothing found',
    'Not checked: shown from age 4 to 20',
  ]);
  const { panels } = (await app!.get(`/v1/people/${person}`)).body.result;
  for (const { service, state } of panels) expect(stateOn(html, service)).toBe(state.words);
});

test('a panel opens on an address of its own, with the person to ring', async () => {
  const { subject, person } = await stored.record({ dateOfBirth: born('2012-05-12') });
  await stored.involvement(subject, { practitioner: { ...NOBODY, name: 'Priya Nair', phone: '01632 960 118' }, coordinating: true });
  expect(await amara.openWithReason(`/people/${person}`)).not.toContain('Priya Nair');
  const open = await amara.openWithReason(`/people/${person}/services/childrens-social-care`);
  expect(textOf(open)).toContain('Lead practitioner Priya Nair, Assessment East 01632 960 118');
});

test('names that look like markup are shown letter by letter, in results, on the page and among the related', async () => {
  const nasty = `<script>alert("'${madeUpName()}'")</script>`;
  const child = await stored.record({ names: [name(nasty, '<b>Tom</b>')], addresses: [address('"><img src=x>', 'NB4 2QT')] });
  const sister = await stored.record({ names: [name(nasty, 'Ella')] });
  await stored.link(child.subject, sister.subject, 'sibling');
  const found = await amara.submit('/search', { by: 'names', familyName: nasty, givenName: '<b>Tom</b>' });
  const page = await amara.openWithReason(`/people/${child.person}`);
  for (const html of [found, page]) {
    expect(html).not.toMatch(/<script(?! type="module" src="\/assets\/[0-9a-f]{16}\/[a-z-]+\.js")|<b>|<img/i);
    expect(textOf(html)).toContain(nasty.toLocaleUpperCase('en-GB'));
  }
});

test('a person who is absent and one who is restricted get the same page, to the letter', async () => {
  const { person } = await stored.record({ restriction: 'restricted' });
  const nobody = randomUUID();
  for (const id of [nobody, person]) await amara.submit(`/people/${id}/reason`, { why: 'section-47', none: 'yes' });
  const [absent, restricted] = [await amara.open(`/people/${nobody}`), await amara.open(`/people/${person}`)];
  expect([absent.status, restricted.status]).toEqual([404, 404]);
  expect(await restricted.text()).toBe(await absent.text());
});

test('a tablet’s home screen gets a name, an icon and the address to begin at, from our own files alone', async () => {
  const page = await app!.send('/sign-in', {});
  expect(page.headers.get('content-security-policy')).toContain("manifest-src 'self'");
  const manifest = await app!.send(/<link rel="manifest" href="([^"]+)"/.exec(page.text)![1]!, {});
  const { name: called, start_url, icons } = JSON.parse(manifest.text) as { name: string; start_url: string; icons: { src: string }[] };
  expect([manifest.status, called, start_url]).toEqual([200, 'Involvement Index', '/']);
  const touch = /<link rel="apple-touch-icon" href="([^"]+)"/.exec(page.text)![1]!;
  for (const path of [touch, ...icons.map(({ src }) => new URL(src, new URL(touch, app!.url)).pathname)]) {
    const icon = await app!.send(path, {});
    expect([path, icon.status, icon.headers.get('content-type')]).toEqual([path, 200, 'image/png']);
  }
});

test('a confidential address stands nowhere on the page', async () => {
  const { person } = await stored.record({
    addresses: [address('7 Hidden Lane', 'NB9 9ZZ', { confidential: true }), address('4 Mill Row', 'NB4 2QT')],
  });
  const html = await amara.openWithReason(`/people/${person}`);
  expect(html).toContain('4 Mill Row, NB4 2QT');
  expect(html).not.toMatch(/Hidden Lane|NB9/);
});

test('an event held back is told on the page of whom it concerns, with since when', async () => {
  const { person, subject } = await stored.record();
  await stored.involvement(subject);
  await stored.parked(subject, 'mosaic', Date.parse('2026-11-21T14:05:00Z'));
  const text = textOf(await amara.openWithReason(`/people/${person}`));
  expect(text).toContain('Some information about this person from Mosaic has been held back since 21 Nov 2026 at 14:05');
  expect(text).toContain('Something Mosaic sent about this person has been held back since 21 Nov 2026 at 14:05');
});

test('a reader without the right to read families is told so', async () => {
  const { person } = await stored.record();
  const officer = await Visitor.signedIn(app!.url, 'ig.officer');
  const answer = await officer.open(`/people/${person}`);
  expect(answer.status).toBe(403);
  expect(textOf(await answer.text())).toContain('your role does not include looking up people');
});

test('no page may be kept by a browser or on the way, and none may run or load what is not ours', async () => {
  const { person } = await stored.record();
  for (const path of ['/sign-in', '/search', `/people/${person}`, `/people/${randomUUID()}`, '/services/police', '/privacy', '/nowhere']) {
    const { headers } = await amara.open(path);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'/);
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
  }
});

test('no page carries a script or a style of its own', async () => {
  const { person, subject } = await stored.record();
  await stored.onCaseloadOf('amara.okafor', subject);
  for (const path of [
    '/sign-in',
    '/search',
    `/people/${person}`,
    `/people/${person}/reason`,
    '/services/police',
    '/what-is-in-the-index',
    '/privacy',
  ]) {
    expect(await amara.read(path)).not.toMatch(
      /<script(?! type="module" src="\/assets\/[0-9a-f]{16}\/[a-z-]+\.js")|<style|\sstyle=|\son[a-z]+=/i,
    );
  }
});

test('the style sheet may be kept for ever: its address changes with its content', async () => {
  const address = /href="(\/assets\/[0-9a-f]{16}\/index\.css)"/.exec(await amara.read('/search'))?.[1];
  const answer = await amara.open(address ?? '/no-style-sheet');
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toContain('text/css');
  expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
});

test('when no audit record can be written, the page holds the desks’ numbers and nothing of the person', async () => {
  const { person } = await stored.record({ names: [name('Pierce', 'Ella')] });
  await amara.openWithReason(`/people/${person}`);
  const answer = await withoutAudit(auditUrl, () => amara.open(`/people/${person}`));
  const html = await answer.text();
  expect(answer.status).toBe(503);
  expect(html).not.toMatch(/pierce|ella/i);
  expect(textOf(html)).toContain('Police: Niche Desk The police Central Referral Unit By day 01632 960 170');
});

const NOBODY = { name: null, role: null, phone: null, email: null, outOfHoursPhone: null, outOfHoursName: null, readerId: null };
