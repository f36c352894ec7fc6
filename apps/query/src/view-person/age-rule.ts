import { bornFrom, bornUntil } from '#lib/matching';
import type { Authority } from '../authority.js';
import { londonDay } from '../day-words.js';
import { ageDay, ageRangeOf } from './age.js';
import { inOrderOfBelief } from './believed-first.js';
import { birthBelieved, dateBelieved, isEstimated } from './birth-believed.js';
import type { StoredRecord } from './stored-record.js';

/** At which ages the service of a source is shown, both inclusive; sources of services for all ages are left out. */
const agesShown = ({ services, sources }: Authority): Map<string, [from: number | null, to: number | null]> =>
  new Map(
    sources.flatMap(({ id, service }) => {
      const { fromAge = null, toAge = null } = services.find((shown) => shown.service === service) ?? {};
      return fromAge === null && toAge === null ? [] : [[id, [fromAge, toAge]] as const];
    }),
  );

/** Sources of services that are not shown at every age. */
export const sourcesOfAges = (authority: Authority): string[] => [...agesShown(authority).keys()];

/**
 * Without the records of services that are not shown at this age: a child's other name "from Niche" would tell what the age rule of the police
 * keeps back, a grown-up's "from ChildView" that of youth offending, and so would being found by it. Whoever may be of such an age counts as being so.
 */
export function apartByAge(records: StoredRecord[], authority: Authority, now: number): Record<'records' | 'ofOtherAges', StoredRecord[]> {
  const believed = inOrderOfBelief(records, authority);
  const dated = birthBelieved(believed);
  if (!dated?.birth) return { records, ofOtherAges: [] };
  const day = ageDay(now, believed.find(({ deceasedOn }) => deceasedOn !== null)?.deceasedOn ?? null);
  const { youngest, oldest } = ageRangeOf({ ...dated.birth, estimated: isEstimated(dated) }, day);
  const ages = agesShown(authority);
  const isOfOthers = ({ source }: StoredRecord) => {
    const [from, to] = ages.get(source) ?? [null, null];
    return oldest < (from ?? oldest) || youngest > (to ?? youngest);
  };
  return { records: records.filter((record) => !isOfOthers(record)), ofOtherAges: records.filter(isOfOthers) };
}

/** What `mayTellAtThatAge` is reckoned with: today in London, and at which ages each source is shown. */
export const ageRuleOf = (authority: Authority, now: number): [day: string, ages: string] => [
  londonDay(now),
  JSON.stringify(Object.fromEntries(agesShown(authority))),
];

/**
 * SQL of the rule of `apartByAge`: whether one at least of these sources may tell of a person who is as old as that.
 * @param sources expression of a `text[]`; day and ages are parameters, as `ageRuleOf` lists them, and silent sources and the case management system are too
 * @param counts condition of a record of theirs, by its name: left out, each counts
 */
export function mayTellAtThatAge(
  person: string,
  sources: string,
  day: string,
  ages: string,
  silent: string,
  system: string,
  counts: (record: string) => string = () => 'true',
): string {
  const believed = `(c.source = ${system}) DESC, greatest(c.confirmed_at, c.details_at) DESC NULLS LAST, c.subject`;
  // What a source has replaced speaks only where nothing else does, whatever it says.
  const mostBelieved = (value: string, first = '') =>
    `(array_agg(${value} ORDER BY c.replaced_by IS NULL DESC, ${first}${believed}) FILTER (WHERE ${value} IS NOT NULL))[1]`;
  const born = (end: string) => mostBelieved(end, `${dateBelieved('c')}, `);
  const yearsBefore = (years: string) => `(left(b.on_day, 4)::int - ${years})::text || substr(b.on_day, 5)`;
  const [from, to] = [0, 1].map((end) => `(${ages}::jsonb -> told.source ->> ${end})::int`);
  return `(NOT ${sources} <@ ARRAY (SELECT jsonb_object_keys(${ages}::jsonb)) OR EXISTS (
        SELECT FROM (SELECT ${born(bornFrom('c'))} AS earliest, ${born(bornUntil('c'))} AS latest,
                            least(${day}::text, ${mostBelieved('c.deceased_on')}) AS on_day
                     FROM record_person cp JOIN record c ON c.subject = cp.subject
                     WHERE cp.person = ${person} AND c.present AND NOT c.source = ANY (${silent}::text[]) AND ${counts('c')}) b, unnest(${sources}) told (source)
        WHERE (b.earliest <= ${yearsBefore(from!)}) IS NOT FALSE AND (b.latest <= ${yearsBefore(`(${to!} + 1)`)}) IS NOT TRUE))`;
}
