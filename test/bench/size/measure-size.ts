import { SpawnedApp } from '../../support/spawned-app.js';
import { asMachine, sayWhyAsMachine } from '../../support/tokens.js';
import { Visitor } from '../../support/visitor.js';
import { load, type Load } from '../load.js';
import { type Pace, paceWithin } from '../paced.js';
import { openInvolvements, peopleToRead } from '../people-to-read.js';
import { readRaw, takeDown } from '../raw-reading.js';
import { ms, type Result, whole } from '../result.js';
import { type Filled, ReadModelFiller } from './fill-read-model.js';
import { SEARCHES, type Typed, worstOf } from './lookups.js';
import { OneRow } from './one-row.js';
import { type Asked, Peer } from './peer.js';

const PEOPLE = 1000;
const SEARCHED = 400;
const TAKEN_DOWN = 200;
/** Hardly anybody is restricted, or alike to somebody who is. */
const MOSTLY = 0.95;
const SIZES = [0.01, 0.1, 1];
const SERVICE = 'childrens-social-care';
const READER = 'amara.okafor';
/** Milliseconds that 95 of 100 answers take at most, at the largest size. */
const TARGETS = { search: 100, person: 50, panel: 30 };
/** REST answers as many requests a second as raw `pg` does with the same statements, times this, at least. */
const SHARE_OF_RAW = 0.5;

/** (size) Both journeys at 1 % and 10 % of so many people, and at all of them: over REST and as pages, beside the same statements by raw `pg`, the least that an audited answer takes, and PostGraphile. */
export async function measureSize(env: Record<string, string>, people: number, seconds: number): Promise<Result[]> {
  const filler = await ReadModelFiller.open(env.READ_MODEL_URL!);
  try {
    const results: Result[] = [];
    for (const share of SIZES) {
      const filled = await filler.fillTo(people * share, ({ people: reached }) => console.log(`  ${whole(reached)} people`));
      results.push(...(await atSize(env, filled, seconds, share === 1)));
    }
    return results;
  } finally {
    await filler.close();
  }
}

interface Lookup {
  what: string;
  /** Over REST. */
  paths: string[];
  /** The page that shows the same. */
  page(path: string): string;
  target: number;
  asked: Asked[];
}

async function atSize(env: Record<string, string>, filled: Filled, seconds: number, judged: boolean): Promise<Result[]> {
  const query = await SpawnedApp.start('query', env);
  const peer = await Peer.start(env.READ_MODEL_URL!);
  const oneRow = await OneRow.start(env);
  try {
    const lines: Result[] = [];
    const reader = await signedIn(query.url);
    for (const { what, paths, page, target, asked } of await lookupsIn(env, query.url, reader)) {
      const overRest = () => ({ path: anyOf(paths) });
      const rest = await load(query.url, seconds, overRest);
      lines.push({ ...lineOf(what, rest), ...(judged && { target: `p95 < ${target} ms`, met: rest.p95 < target }) });
      lines.push(lineOf('  one at a time', await load(query.url, seconds, overRest, 1)));
      if (judged) lines.push(atPace(target, await paceWithin(target, rest.perSecond, query.url, seconds, overRest)));
      const raw = await readRaw(env, seconds, await takeDown(env, paths.slice(0, TAKEN_DOWN)));
      const share = rest.perSecond / raw.perSecond;
      const beside = lineOf(`  REST is ${share.toFixed(2)} of the same statements and insert by raw pg`, raw);
      lines.push({ ...beside, ...(judged && { target: `≥ ${SHARE_OF_RAW}`, met: share >= SHARE_OF_RAW }) });
      lines.push(lineOf('  as a page', await load(query.url, seconds, () => ({ path: page(anyOf(paths)), headers: reader }))));
      const finished = await oneRow.keep(query.url, paths.slice(0, TAKEN_DOWN));
      lines.push(lineOf('  the limit: finished in one row, audited', await load(oneRow.url, seconds, () => ({ path: anyOf(finished) }))));
      await peer.check(asked[0]!);
      const theirs = await load(peer.url, seconds, () => peer.request(anyOf(asked)));
      lines.push(lineOf(`  REST is ${(rest.perSecond / theirs.perSecond).toFixed(2)} of PostGraphile without audit`, theirs));
    }
    const [first, ...others] = lines;
    const size = `${whole(filled.people)} people, ${whole(filled.facts)} facts: `;
    return [{ ...first!, what: size + first!.what }, ...others].map((line) => ({ ...line, numbers: { ...line.numbers, ...filled } }));
  } finally {
    await oneRow.stop();
    await peer.stop();
    await query.stop();
  }
}

async function lookupsIn(env: Record<string, string>, url: string, reader: { cookie: string }): Promise<Lookup[]> {
  const people = await shownOf(url, reader, await peopleToRead(env, PEOPLE));
  const searches = Object.entries(SEARCHES).map(([what, typedFor]) => ({
    what: `search: ${what}`,
    typed: people
      .map(typedFor)
      .filter((typed) => typed !== null)
      .slice(0, SEARCHED),
  }));
  searches.push({ what: 'search: commonest name', typed: [worstOf(people)] });
  const open = await shownOf(url, reader, await openInvolvements(env, PEOPLE));
  const lookups: Lookup[] = [
    {
      what: 'person page',
      paths: people.map(({ person }) => `/v1/people/${person}`),
      page: (path) => path.replace('/v1', ''),
      target: TARGETS.person,
      asked: people.map(({ person }) => ({ person })),
    },
    {
      what: 'panel',
      paths: open.map(({ person }) => `/v1/people/${person}/services/${SERVICE}`),
      page: (path) => path.replace('/v1', ''),
      target: TARGETS.panel,
      asked: open.map(({ person }) => ({ person, service: SERVICE })),
    },
  ];
  for (const { what, typed } of searches) {
    const pages = new Map<string, string>();
    for (const terms of typed) pages.set(await keptByMachine(url, terms), await keptByReader(url, reader, terms));
    lookups.push({
      what,
      paths: [...pages.keys()],
      page: (path) => pages.get(path)!,
      target: TARGETS.search,
      asked: typed.map((terms) => ({ typed: terms })),
    });
  }
  return lookups;
}

/** Those of the people that are shown: among so many, some are alike to somebody restricted, and so hidden. Of all, it is said before why they are looked at. */
async function shownOf<P extends { person: string }>(url: string, reader: { cookie: string }, people: readonly P[]): Promise<P[]> {
  await sayWhy(url, reader, new Set(people.map(({ person }) => person)));
  const headers = await asMachine();
  const shown: P[] = [];
  for (const one of people) {
    const { status, body } = await fetch(`${url}/v1/people/${one.person}`, { headers });
    await body?.cancel();
    if (status === 200) shown.push(one);
    else if (status !== 404) throw new Error(`somebody was answered ${status}`);
  }
  if (shown.length < people.length * MOSTLY) throw new Error(`only ${shown.length} of ${people.length} are shown`);
  return shown;
}

/** Machine and reader say of everybody why they look, as whoever is on nobody's caseload must; so every look reads the reason it was given. */
async function sayWhy(url: string, reader: { cookie: string }, people: ReadonlySet<string>): Promise<void> {
  const why = new URLSearchParams({ why: 'duty-or-out-of-hours', none: 'yes' });
  for (const person of people) {
    const asReader = fetch(`${url}/people/${person}/reason`, { method: 'POST', headers: reader, body: why, redirect: 'manual' });
    const [, response] = await Promise.all([sayWhyAsMachine(url, person), asReader]);
    locationOf(response, 303);
  }
}

/** @returns where the machine finds its results */
async function keptByMachine(url: string, terms: Typed): Promise<string> {
  const headers = { ...(await asMachine()), 'content-type': 'application/json' };
  const response = await fetch(`${url}/v1/searches`, { method: 'POST', headers, body: JSON.stringify(terms) });
  return locationOf(response, 201);
}

/** @returns where the reader finds theirs */
async function keptByReader(url: string, headers: { cookie: string }, terms: Typed): Promise<string> {
  const response = await fetch(`${url}/search`, { method: 'POST', headers, body: new URLSearchParams(terms), redirect: 'manual' });
  return locationOf(response, 303);
}

function locationOf(response: Response, status: number): string {
  if (response.status !== status) throw new Error(`what was sent was answered ${response.status}`);
  return response.headers.get('location')!;
}

async function signedIn(url: string): Promise<{ cookie: string }> {
  return (await Visitor.signedIn(url, READER)).header;
}

const anyOf = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)]!;

const lineOf = (what: string, { p50, p95, p99, max, perSecond }: Load): Result => ({
  measure: 'size',
  what,
  result: `p50 ${ms(p50)}, p95 ${ms(p95)}, p99 ${ms(p99)}, ${whole(perSecond)} requests/s`,
  target: '',
  numbers: { p50, p95, p99, max, perSecond },
});

function atPace(target: number, pace: Pace): Result {
  const share = `${Math.round(pace.share * 100)} % of that pace`;
  return lineOf(pace.held ? `  within ${target} ms at ${share}, asked at any moment` : `  beyond ${target} ms even at ${share}`, pace);
}
