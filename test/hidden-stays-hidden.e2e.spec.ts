/**
 * What must not be seen is not seen whatever happens to the data: every source sends everything again, records are joined and parted, the read
 * model is built anew. The real processes, from a source's POST to a reader's pages; read it from top to bottom.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startIngest } from '../apps/ingest/src/start.js';
import { startMatcher } from '../apps/matcher/src/start.js';
import { startQuery } from '../apps/query/src/start.js';
import { liveGeneration, openReadModel, type ReadModelPool } from '#lib/read-model';
import type { Running } from '#lib/runtime';
import { appEnv } from './support/app-env.js';
import { eventually } from './support/eventually.js';
import { ops } from './support/ops.js';
import { textOf } from './support/pages.js';
import { postEvents } from './support/post-events.js';
import { startFolding, startUpkeep } from './support/projectors.js';
import { pagePathsOf } from './support/said-of-person.js';
import { Visitor } from './support/visitor.js';

const [NHS, CARERS_NHS] = ['9434765870', '9434765919'];
/** Pupil numbers with a right check letter. */
const UPN = { restricted: upn('823429995004'), known: upn('823429995005'), other: upn('823429995006') };
const CARER = { addresses: [{ lines: ['3 Foster Green'], postcode: 'NB4 5DD' }], identifiers: [{ type: 'nhs', value: CARERS_NHS }] };
const day = (date: string) => ({ date, precision: 'day' });
const names = (family: string, given: string) => [{ family, given: [given] }];

/** What each source says of everybody, and the record it is about. @param joined whether the schools know children by the pupil numbers that the others have: with another one nobody is joined by the machine */
const said = (joined: boolean) => ({
  mosaic: [
    person('restricted', names('Quillfeather', 'Rosalind'), '2014-03-02', {
      restriction: 'restricted',
      addresses: [{ lines: ['1 Hushed Lane'], postcode: 'NB4 1AA' }],
      identifiers: [{ type: 'upn', value: UPN.restricted }],
    }),
    person('sister', names('Quillfeather', 'Sorrel'), '2016-07-01'),
    person('mother', names('Quillfeather', 'Marian'), '1988-02-03'),
    ...['restricted', 'sister'].map((child) => ({
      type: 'RelationshipLinked',
      recordId: child,
      relationshipId: `mother of ${child}`,
      otherRecordId: 'mother',
      relationship: 'parent',
    })),
    involvement('restricted', 'childrens-social-care', 'Hidden Worker'),
    person('confidential', names('Wetherby', 'Clement'), '2013-05-06', {
      addresses: [{ lines: ['9 Refuge Row'], postcode: 'NB4 3CC', kind: 'refuge', confidential: true }],
      identifiers: [{ type: 'nhs', value: NHS }],
    }),
    person('placed', names('Thistlewood', 'Robin'), '2015-01-02', {
      addresses: [{ lines: ['3 Foster Green'], postcode: 'NB4 5DD', kind: 'placement', confidential: true }],
    }),
    person('carer', names('Larkspur', 'Joan'), '1975-04-05', CARER),
    {
      type: 'RelationshipLinked',
      recordId: 'placed',
      relationshipId: 'carer of placed',
      otherRecordId: 'carer',
      relationship: 'foster-carer',
    },
    person('known', names('Ollerton', 'Kit'), '2012-09-10', { identifiers: [{ type: 'upn', value: UPN.known }] }),
    involvement('known', 'childrens-social-care', 'Known Worker'),
  ],
  synergy: [
    person('pupil restricted', names('Quillfeather', 'Rosalind'), '2014-03-02', pupil(joined ? 'restricted' : 'other')),
    involvement('pupil restricted', 'school', 'Secret Tutor'),
    person('pupil confidential', names('Wetherby', 'Clement'), '2013-05-06', {
      addresses: [{ lines: ['9 Refuge Row'], postcode: 'NB4 3CC' }],
      identifiers: [{ type: 'nhs', value: NHS }],
    }),
    person('pupil known', names('Ollerton', 'Kit'), '2012-09-10', pupil(joined ? 'known' : 'other')),
    involvement('pupil known', 'school', 'Known Tutor'),
  ],
  'northbridge-homes': [person('tenant', names('Larkspur', 'Joan'), '1975-04-05', CARER)],
});
const pupil = (who: keyof typeof UPN) => ({ identifiers: [{ type: 'upn', value: UPN[who] }] });
function upn(digits: string): string {
  const sum = digits.split('').reduce((total, digit, at) => total + Number(digit) * (at + 2), 0);
  return 'ABCDEFGHJKLMNPQRTUVWXYZ'[sum % 23]! + digits;
}
const person = (recordId: string, called: object[], born: string, more: object = {}) => ({
  type: 'PersonRecorded',
  recordId,
  names: called,
  dateOfBirth: day(born),
  ...more,
});
const involvement = (recordId: string, service: string, worker: string) => ({
  type: 'InvolvementOpened',
  recordId,
  involvementId: `${service} of ${recordId}`,
  service,
  practitioner: { name: worker, phone: '01632 960118' },
});

describe('What must not be seen', () => {
  let env: Record<string, string>;
  let ingest: Running;
  let query: Running;
  let pool: ReadModelPool;
  let amara: Visitor;
  const running: Running[] = [];

  beforeAll(async () => {
    env = await appEnv({ LOG_LEVEL: 'silent' });
    pool = openReadModel(env.READ_MODEL_URL!, { max: 2 });
    running.push(...(await Promise.all([startFolding(env), startUpkeep(env), startMatcher(env)])));
    [ingest, query] = await Promise.all([startIngest(env), startQuery(env)]);
    running.push(ingest, query);
    amara = await Visitor.signedIn(query.url, 'amara.okafor');
  });

  afterAll(async () => {
    for (const { stop } of running.toReversed()) await stop();
    await pool?.end();
  });

  /** Every source says everything, under a new epoch, and all of it is readable. */
  async function send(epoch: number, joined: boolean): Promise<void> {
    const at = Date.UTC(2026, 9, epoch);
    for (const [source, events] of Object.entries(said(joined))) {
      const versions = events.map((event, position) => ({
        ...event,
        sourceVersion: { epoch, position },
        occurredAt: new Date(at).toISOString(),
      }));
      const results = await postEvents(ingest.url, source, versions);
      expect(results.filter(({ status }) => status !== 'accepted')).toEqual([]);
    }
    await eventually('everything was readable', async () => {
      const rows = await recordsNow();
      const byPerson = new Map(rows.map(({ recordId, person: who }) => [recordId, who]));
      const same = ['restricted', 'known'].map((one) => byPerson.get(one) === byPerson.get(`pupil ${one}`));
      const isOne = byPerson.get('carer') === byPerson.get('tenant');
      return (
        rows.length === 11 && isOne && rows.every((row) => row.at === at && row.person !== null) && same.every((one) => one === joined)
      );
    });
  }

  async function recordsNow(): Promise<{ recordId: string; person: string | null; at: number }[]> {
    const { schema } = await liveGeneration(pool);
    const { rows } = await pool.query<{ recordId: string; person: string | null; at: number }>(
      `SELECT record_id AS "recordId", person, details_at::float8 AS at FROM ${schema}.record LEFT JOIN ${schema}.record_person USING (subject)`,
    );
    return rows;
  }
  const personOf = async (recordId: string) => (await recordsNow()).find((row) => row.recordId === recordId)!.person!;
  const pagesOf = async (who: string) => Promise.all(pagePathsOf(who).map(async (path) => textOf(await amara.read(path))));
  const found = async (fields: Record<string, string>) => textOf(await amara.submit('/search', fields));

  async function nothingShows(): Promise<void> {
    const byName = await found({ by: 'name', familyName: 'Quillfeather' });
    expect(byName).toContain('QUILLFEATHER, Sorrel');
    expect(byName).not.toContain('Rosalind');
    expect(await found({ by: 'name', familyName: 'Wetherby' })).toContain('WETHERBY, Clement');
    for (const [familyName, postcode] of [
      ['Quillfeather', 'NB4 1AA'],
      ['Wetherby', 'NB4 3CC'],
      ['Larkspur', 'NB4 5DD'],
    ] as const)
      expect(await found({ by: 'name', familyName, postcode })).not.toMatch(/Rosalind|WETHERBY,|LARKSPUR,/);

    const [absent, ...restricted] = [randomUUID(), await personOf('restricted'), await personOf('pupil restricted')];
    for (const path of pagePathsOf(':person')) {
      const nobody = await amara.open(path.replaceAll(':person', absent));
      for (const one of restricted) {
        const answer = await amara.open(path.replaceAll(':person', one));
        expect([path, answer.status]).toEqual([path, nobody.status]);
        expect((await answer.text()).replaceAll(one, absent)).toBe(await nobody.clone().text());
      }
    }

    const mother = `/people/${await personOf('mother')}`;
    expect(textOf(await amara.openWithReason(mother))).toContain('QUILLFEATHER, Sorrel');
    expect((await pagesOf(await personOf('mother'))).join()).not.toMatch(/Rosalind|Hushed|Hidden Worker|Secret Tutor/);

    const clement = await personOf('confidential');
    expect(textOf(await amara.openWithReason(`/people/${clement}`))).toContain('WETHERBY, Clement');
    expect((await pagesOf(clement)).join()).not.toMatch(/Refuge Row|NB4 3CC/);

    const carer = await personOf('carer');
    expect(textOf(await amara.openWithReason(`/people/${carer}`))).toContain('THISTLEWOOD, Robin');
    expect(textOf(await amara.openWithReason(`/people/${await personOf('placed')}`))).toContain('LARKSPUR, Joan');
    for (const one of [carer, await personOf('placed')]) expect((await pagesOf(one)).join()).not.toMatch(/Foster Green|NB4 5DD/);

    for (const one of new Set([await personOf('known'), await personOf('pupil known')]))
      for (const page of await pagesOf(one)) {
        expect(page).toContain('You have said that you know this person');
        expect(page).not.toMatch(/Known Worker|Known Tutor/);
      }
  }

  it('is not seen when it first comes, and what a reader has said to know closes', async () => {
    await send(1, false);
    const kit = `/people/${await personOf('known')}`;
    expect(textOf(await amara.openWithReason(kit))).toContain('OLLERTON, Kit');
    await amara.submit(`${kit}/known`, {});
    await nothingShows();
  });

  it('is not seen after every source has sent everything again', async () => {
    await send(2, false);
    await nothingShows();
  });

  it('is not seen after its records were joined with those of other sources', async () => {
    await send(3, true);
    expect(await personOf('pupil restricted')).toBe(await personOf('restricted'));
    await nothingShows();
  });

  it('is not seen after they were parted again', async () => {
    await send(4, false);
    await nothingShows();
  });

  it('is not seen in a read model built anew, nor after one more re-feed of that', async () => {
    expect((await ops(env, 'rebuild', '--reason', 'drill')).text).toContain('Generation 2 is ready');
    expect((await ops(env, 'compare', '--reason', 'drill')).code).toBe(0);
    expect((await ops(env, 'switch', '--to', '2', '--reason', 'drill')).code).toBe(0);
    expect((await liveGeneration(pool)).id).toBe(2);
    await nothingShows();
    await send(5, true);
    await nothingShows();
  });
});
