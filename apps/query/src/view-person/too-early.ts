import type { Authority } from '../authority.js';
import { londonDay } from '../day-words.js';
import { ageDay, ageRangeOf } from './age.js';
import { inOrderOfBelief } from './believed-first.js';
import type { StoredRecord } from './stored-record.js';

/** From which age the service of a source is shown; sources of services for all ages are left out. */
const shownFrom = ({ services, sources }: Authority): Map<string, number> =>
  new Map(
    sources.flatMap(({ id, service }) => {
      const { fromAge } = services.find((shown) => shown.service === service) ?? {};
      return fromAge === undefined ? [] : [[id, fromAge] as const];
    }),
  );

/**
 * Without the records of services that are not shown yet at this age: a child's other name "from Niche" would tell what the age rule of the police
 * keeps back, and so would being found by it. Whose age nobody knows has none too early.
 */
export function apartByAge(records: StoredRecord[], authority: Authority, now: number): Record<'records' | 'tooEarly', StoredRecord[]> {
  const believed = inOrderOfBelief(records, authority);
  const birth = believed.find((record) => record.birth !== null)?.birth;
  if (!birth) return { records, tooEarly: [] };
  const { oldest } = ageRangeOf(birth, ageDay(now, believed.find(({ deceasedOn }) => deceasedOn !== null)?.deceasedOn ?? null));
  const from = shownFrom(authority);
  const isTooEarly = ({ source }: StoredRecord) => oldest < (from.get(source) ?? oldest);
  return { records: records.filter((record) => !isTooEarly(record)), tooEarly: records.filter(isTooEarly) };
}

/** What `shownFromAge` and `mayBeThatOld` are reckoned with: today in London, and from which age each source is shown. */
export const ageRuleOf = (authority: Authority, now: number): [day: string, from: string] => [
  londonDay(now),
  JSON.stringify(Object.fromEntries(shownFrom(authority))),
];

/** SQL: from which age a record's source is shown; -1: at all ages. @param from the parameter of `shownFrom` */
export const shownFromAge = (r: string, from: string): string => `coalesce((${from}::jsonb ->> ${r}.source)::int, -1)`;

/** SQL of the rule of `apartByAge`: whether a person may be as old as that. Silent sources and the case management system are parameters too. */
export function mayBeThatOld(person: string, years: string, day: string, silent: string, system: string): string {
  const believed = `c.replaced_by IS NULL DESC, (c.source = ${system}) DESC, greatest(c.confirmed_at, c.details_at) DESC NULLS LAST, c.subject`;
  const mostBelieved = (value: string) => `(array_agg(${value} ORDER BY ${believed}) FILTER (WHERE ${value} IS NOT NULL))[1]`;
  return `(${years} < 0 OR (
        SELECT left(b.born || '-01-01', 10) <= (left(b.on_day, 4)::int - ${years})::text || substr(b.on_day, 5)
        FROM (SELECT ${mostBelieved('c.date_of_birth')} AS born, least(${day}::text, ${mostBelieved('c.deceased_on')}) AS on_day
              FROM record_person cp JOIN record c ON c.subject = cp.subject
              WHERE cp.person = ${person} AND c.present AND NOT c.source = ANY (${silent}::text[])) b) IS NOT FALSE)`;
}
