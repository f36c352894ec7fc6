import { AllProcesses } from './support/all-processes.js';
import { changedAuthority } from './support/changed-authority.js';
import { eventually } from './support/eventually.js';
import { textOf } from './support/pages.js';
import { known, MOTHER } from './support/people-hard-to-match.js';
import { SealedLog } from './support/sealed-log.js';
import type { Visitor } from './support/visitor.js';

/** Two of one name and house, one without a date of birth: mother and daughter, or one woman. */
const WOMAN = { family: 'Quillfeather', given: 'Marguerite', born: '1984-04-11', postcode: 'NB4 2AA' };
/** One woman as two services know her, who have nothing in common but a family name: nobody would ask a steward about them. */
const HERSELF = { family: 'Ashgrove', given: 'Ottilie', born: '1979-05-01', postcode: 'NB3 8YJ' };
const WRONGLY_RECORDED = { ...HERSELF, given: 'Persephone', born: '1991-10-17', postcode: 'NB7 1QT' };
const UNDATED = { ...WOMAN, born: undefined };

describe('Two records that may be one person', () => {
  let index: AllProcesses;
  let amara: Visitor;
  let grace: Visitor;
  let tom: Visitor;
  let log: SealedLog;

  beforeAll(async () => {
    index = await AllProcesses.start({ AUTHORITY_FILE: changedAuthority({ stewards: { secondLookOneIn: Number.MAX_SAFE_INTEGER } }) });
    log = await SealedLog.open(index.env);
    await log.publish([
      known('mosaic', 'm1', 1, WOMAN),
      known('liquidlogic', 'l1', 1, UNDATED),
      known('mosaic', 'm3', 1, HERSELF),
      known('northbridge-homes', 'h3', 1, WRONGLY_RECORDED),
      known('mosaic', 'm2', 1, { ...MOTHER, nhs: undefined }),
      known('niche', 'n2', 1, { ...MOTHER, nhs: undefined, born: undefined }),
    ]);
    [amara, grace, tom] = await Promise.all([index.signedIn('amara.okafor'), index.signedIn('grace.holt'), index.signedIn('tom.ellery')]);
  });
  afterAll(async () => {
    await log?.close();
    await index?.stop();
  });

  const waiting = async (steward: Visitor, labels: RegExp): Promise<string | undefined> =>
    [...(await steward.read('/matches')).matchAll(/href="(\/matches\/[^"]+)">([^<]+)</g)].find(([, , said]) => labels.test(said!))?.[1];
  const inQueue = (steward: Visitor, labels: RegExp) => eventually('the pair was in the queue', () => waiting(steward, labels));
  const says = (steward: Visitor, path: string, fields: Record<string, string>) => steward.submit(path, { ...fields, step: 'decide' });
  const found = async (familyName: string) => {
    const results = await amara.submit('/search', { by: 'name', familyName, givenName: 'marguerite' });
    return new Set([...results.matchAll(/href="\/people\/([0-9a-f-]{36})/g)].map(([, person]) => person)).size;
  };
  const people = (familyName: string, count: number) =>
    eventually(`${count} of that name were found`, async () => (await found(familyName)) === count);
  const takenUp = (steward: Visitor, path: string) =>
    eventually('the matcher had taken it up', async () => textOf(await steward.read(path)).includes('The matcher has taken it up'));

  it('wait for a steward; once one says that they are, a reader finds one, and once that is taken back, two again', async () => {
    await people('Quillfeather', 2);
    const path = await inQueue(grace, /LiquidLogic/);
    expect(textOf(await grace.read(path))).toContain('QUILLFEATHER, Marguerite');
    await says(grace, path, { answer: 'same', reason: 'source-confirmed' });
    await people('Quillfeather', 1);
    await takenUp(grace, path);
    expect(await waiting(tom, /LiquidLogic/)).toBeUndefined();
    await grace.submit(`${path}/taken-back`, { step: 'take-back' });
    await people('Quillfeather', 2);
    expect(await inQueue(tom, /LiquidLogic/)).toBe(path);
    await says(tom, path, { answer: 'different', reason: 'parent-and-child' });
    await takenUp(tom, path);
    expect(await found('Quillfeather')).toBe(2);
    expect([await waiting(tom, /LiquidLogic/), await waiting(grace, /LiquidLogic/)]).toEqual([undefined, undefined]);
  });

  it('and one of which is of the police stay two until a second steward says the same', async () => {
    const path = await inQueue(grace, /Niche/);
    await says(grace, path, { answer: 'same', reason: 'details-agree' });
    expect(textOf(await grace.read(path))).toContain('it waits for another steward');
    expect(await inQueue(tom, /Niche/)).toBe(path);
    await says(tom, path, { answer: 'same', reason: 'details-agree' });
    await takenUp(tom, path);
  });

  it('of which a reader says that they are one person come to a steward, who says the same: the reader finds one, and the page says why', async () => {
    const personOf = async ({ family: familyName, given: givenName }: typeof HERSELF) => {
      const results = await amara.submit('/search', { by: 'name', familyName, givenName });
      return /href="\/people\/([0-9a-f-]{36})/.exec(results)?.[1];
    };
    const [one, other] = await eventually('both were found', async () => {
      const both = [await personOf(HERSELF), await personOf(WRONGLY_RECORDED)];
      return both.every((person) => person !== undefined) && both;
    });
    expect(one).not.toBe(other);
    await amara.openWithReason(`/people/${one}`);
    const claim = `/people/${one}/same/${other}`;
    expect(textOf(await amara.submit(claim, { because: 'wrong-detail', words: 'She says so' }))).toContain('It waits for a data steward.');
    const path = await inQueue(grace, /Northbridge Homes/);
    expect(textOf(await grace.read(path))).toContain('a reader has said that they are one');
    await says(grace, path, { answer: 'same', reason: 'worker-confirmed' });
    await eventually('the claim’s page said so', async () => textOf(await amara.read(claim)).includes('They are shown as one person now.'));
    expect(textOf(await amara.read(claim))).toMatch(/Data stewards decided on .* they are one person/);
    const now = await personOf(HERSELF);
    expect(await personOf(WRONGLY_RECORDED)).toBe(now);
    await amara.openWithReason(`/people/${now}`);
    const why = textOf(await amara.read(`/people/${now}/why`));
    expect(why).toContain('2 records are shown as this person');
    expect(why).toContain('A data steward has decided that it is of this person.');
    const ids = { firstSource: 'mosaic', firstId: 'm3', secondSource: 'northbridge-homes', secondId: 'h3', because: 'decided-before' };
    const opened = textOf(await tom.submit('/matches/opened', ids));
    expect(opened).toMatch(/They are shown as one person\. Data stewards decided on .* that they are one person\./);
  });
});
