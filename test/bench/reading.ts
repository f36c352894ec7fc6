import type { SpawnedApp } from '../support/spawned-app.js';
import { asMachine, sayWhyAsMachine } from '../support/tokens.js';
import { load, type Load } from './load.js';
import { peopleToRead, type PersonToRead } from './people-to-read.js';
import { readRaw, takeDown } from './raw-reading.js';
import { ms, type Result, whole } from './result.js';

const PEOPLE = 1000;
const TAKEN_DOWN = 200;
const TARGET_P95_MS = 60;

/** (d) Person page and search over REST with every look recorded durably, 20 connections; beside them the same SQL by raw pg. */
export async function measureReading(env: Record<string, string>, query: SpawnedApp, seconds: number): Promise<Result[]> {
  const people = await peopleToRead(env, PEOPLE);
  for (const { person } of people) await sayWhyAsMachine(query.url, person);
  const anyOf = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)]!;
  const personPath = ({ person }: PersonToRead) => `/v1/people/${person}`;
  const page = await load(query.url, seconds, () => ({ path: personPath(anyOf(people)) }));
  const rawPage = await readRaw(env, seconds, await takeDown(env, people.slice(0, TAKEN_DOWN).map(personPath)));
  const asking = { ...(await asMachine()), 'content-type': 'application/json' };
  const kept = await load(query.url, seconds, () => ({
    method: 'POST',
    path: '/v1/searches',
    headers: asking,
    body: JSON.stringify(termsFor(anyOf(people))),
  }));
  const searchPaths = await Promise.all(people.slice(0, PEOPLE / 2).map((person) => keep(query.url, person)));
  const search = await load(query.url, seconds, () => ({ path: anyOf(searchPaths) }));
  const rawSearch = await readRaw(env, seconds, await takeDown(env, searchPaths.slice(0, TAKEN_DOWN)));
  return [
    line('person page', page, TARGET_P95_MS),
    line('  the same SQL and insert by raw pg', rawPage),
    line('search: terms kept', kept, TARGET_P95_MS),
    line('search: results', search, TARGET_P95_MS),
    line('  the same SQL and insert by raw pg', rawSearch),
  ];
}

/** As people search: by name alone, or with the year or the date of birth as well. */
function termsFor({ names, dateOfBirth }: PersonToRead): Record<string, string> {
  const [{ family, given } = { family: null, given: [] }] = names;
  const name = { ...(family !== null && { familyName: family }), ...(given[0] && { givenName: given[0] }) };
  if (dateOfBirth?.length !== 10) return name;
  const kind = Number(dateOfBirth.slice(8)) % 3;
  return kind === 0 ? name : { ...name, ...(kind === 1 ? { year: dateOfBirth.slice(0, 4) } : { dateOfBirth }) };
}

async function keep(url: string, person: PersonToRead): Promise<string> {
  const response = await fetch(`${url}/v1/searches`, {
    method: 'POST',
    headers: { ...(await asMachine()), 'content-type': 'application/json' },
    body: JSON.stringify(termsFor(person)),
  });
  if (response.status !== 201) throw new Error(`a search was answered ${response.status}`);
  return response.headers.get('location')!;
}

const line = (what: string, { p50, p95, p99, max, perSecond }: Load, target?: number): Result => ({
  measure: 'd',
  what: target ? `${what} over REST with durable audit, 20 connections` : what,
  result: `p50 ${ms(p50)}, p95 ${ms(p95)}, p99 ${ms(p99)}, ${whole(perSecond)} requests/s`,
  ...(target ? { target: `p95 < ${target} ms`, met: p95 < target } : { target: '' }),
  numbers: { p50, p95, p99, max, perSecond },
});
