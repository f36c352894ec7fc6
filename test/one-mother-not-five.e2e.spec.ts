/** One woman whom five services know, and what becomes of it when a reader doubts one of the records: to the officers' report of who saw it under her name. */
import { AllProcesses } from './support/all-processes.js';
import { eventually } from './support/eventually.js';
import { textOf } from './support/pages.js';
import { known, MOTHER } from './support/people-hard-to-match.js';
import { about, event } from './support/recorded-person.js';
import { SealedLog } from './support/sealed-log.js';
import type { Visitor } from './support/visitor.js';

const FIVE = ['mosaic', 'cis', 'northbridge-homes', 'cluster-lists', 'niche'] as const;
const POLICE = 'Police: Niche';

describe('A mother whom five services know', () => {
  let index: AllProcesses;
  let log: SealedLog;
  let amara: Visitor;
  let grace: Visitor;
  let tom: Visitor;
  let ingrid: Visitor;
  let mother: string;

  beforeAll(async () => {
    index = await AllProcesses.start();
    log = await SealedLog.open(index.env);
    await log.publish([
      ...FIVE.map((source) => known(source, `${source}-1`, 1, MOTHER)),
      event({
        type: 'InvolvementOpened',
        ...about('niche', 'niche-1', 2, { involvementId: 'n-1', service: 'police' as const, openedOn: '2026-05-01', team: 'Harbour division' }), // prettier-ignore
      }),
    ]);
    [amara, grace, tom, ingrid] = await Promise.all([
      index.signedIn('amara.okafor'),
      index.signedIn('grace.holt'),
      index.signedIn('tom.ellery'),
      index.signedIn('ig.officer'),
    ]);
  });
  afterAll(async () => {
    await log?.close();
    await index?.stop();
  });

  const found = async () => {
    const results = await amara.submit('/search', { by: 'name', familyName: MOTHER.family, givenName: MOTHER.given });
    return [...new Set([...results.matchAll(/href="\/people\/([0-9a-f-]{36})/g)].map(([, person]) => person!))];
  };
  const page = async (part = '') => textOf(await amara.read(`${mother}${part}`));
  const policePanelIn = (text: string) => /Police: \S+ ([^]*?)(Last updated|Why, and)/.exec(text)![1]!;
  const policePanel = async () => policePanelIn(await page());

  it('is one person, and the page says why', async () => {
    await eventually('five records were one person', async () => {
      const people = await found();
      mother = `/people/${people[0]}`;
      return people.length === 1 && (await amara.openWithReason(mother)) && (await page('/why')).includes('5 records are shown');
    });
    expect(await page('/why')).toMatch(/Police: Niche Matched by its details[^]*The NHS numbers are the same/);
    await eventually('the police had a record', async () => (await policePanel()).includes('Records held'));
  });

  it('of which a reader doubts a record: what the police say is not shown from then on, and the page says so', async () => {
    const form = await amara.read(`${mother}/doubt`);
    const [, token] = new RegExp(`value="([0-9a-f-]{36})"[^>]*>\\s*<label[^>]*>\\s*${POLICE}`).exec(form)!;
    await amara.submit(`${mother}/doubt`, { record: token!, because: 'another-of-that-name', words: '' });
    expect(await policePanel()).toContain('a possible wrong match awaiting review');
    expect(await policePanel()).not.toContain('Records held');
    expect(await page('/why')).toContain('4 records are shown');
  });

  it('is two people once two stewards have said so, within seconds', async () => {
    const path = await eventually(
      'it was first in the queue',
      async () => /href="(\/matches\/[^"/]+\/[^"]+)"/.exec(await grace.read('/matches'))?.[1],
    );
    const different = { answer: 'different', reason: 'source-confirmed', step: 'decide' };
    await grace.submit(path, different);
    await tom.submit(path, different);
    const from = performance.now();
    await eventually(
      'the page and the search had two',
      async () => !(await policePanel()).includes('awaiting review') && (await found()).length === 2,
      { within: 2_000 },
    );
    process.stderr.write(`decided, and right on the page after ${((performance.now() - from) / 1000).toFixed(2)} s\n`);
    const others = (await found()).filter((person) => !mother.endsWith(person));
    await amara.openWithReason(`/people/${others[0]}`);
    expect(policePanelIn(textOf(await amara.read(`/people/${others[0]}`)))).toContain('Records held');
    expect(await page('/why')).toContain('4 records are shown');
    expect(await policePanel()).not.toContain('Records held');
  });

  it('says on the page that an old link opens that she was split, and leads to the other', async () => {
    const other = (await found()).find((person) => !mother.endsWith(person))!;
    expect(await page()).toContain('Check that this is who you mean: records that were shown here are now of');
    expect(await amara.read(mother)).toContain(`href="/people/${other}?before=${mother.slice(-36)}"`);
  });

  it('leaves officers a report of exactly who saw the one under the other’s name', async () => {
    const other = (await found()).find((person) => !mother.endsWith(person))!;
    const report = `/audit${mother}/exposure/${other}`;
    // Whether anybody checks the log is said on a line that is of no entry.
    const table = async () => (await ingrid.read(`${report}/csv`)).trimEnd().split('\r\n').filter((line) => !line.startsWith(',')); // prettier-ignore
    const [head, ...lines] = await table();
    expect(head).toContain('Entry');
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.every((line) => line.includes('amara.okafor'))).toBe(true);
    const before = lines.length;
    await page();
    await page('/why');
    expect(await table()).toHaveLength(before + 1);
    expect(textOf(await ingrid.read(report))).toContain('to 1 reader');
  });
});
