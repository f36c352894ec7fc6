/** The display rules of product.md, section 5, as a table: every service by age, by what is known, and by how fresh it is. Nobody has set them. */
import { changedAuthority, servicesThatSayLeast } from '../../../../test/support/changed-authority.js';
import { loadAuthority } from '../authority.js';
import { freshnessOf } from '../source-freshness.js';
import { serviceStateOf } from './service-state.js';

const NOW = Date.UTC(2026, 10, 23, 9, 0);
const { services, sources } = loadAuthority(changedAuthority({ services: servicesThatSayLeast() }));

/** Ages at which a service is shown, just below and just above; unborn is -1. */
const AGES: Record<string, { shown: number[]; not: number[]; rule: string }> = {
  'childrens-social-care': { shown: [-1, 0, 17, 18, 90], not: [], rule: '' },
  school: { shown: [4, 20], not: [-1, 3, 21], rule: 'shown from age 4 to 20' },
  'early-help': { shown: [-1, 0, 18, 90], not: [], rule: '' },
  'adult-social-care': { shown: [16, 90], not: [-1, 15], rule: 'shown from age 16' },
  housing: { shown: [16, 90], not: [-1, 15], rule: 'shown from age 16' },
  'youth-offending': { shown: [10, 21], not: [-1, 9, 22], rule: 'shown from age 10 to 21' },
  'not-in-education': { shown: [16, 24], not: [-1, 15, 25], rule: 'shown from age 16 to 24' },
  other: { shown: [-1, 0, 18, 90], not: [], rule: '' },
  police: { shown: [18, 90], not: [-1, 17], rule: 'shown from age 18' },
};

const KNOWN = {
  open: { open: 1, closed: 0, lastClosedOn: null },
  ended: { open: 0, closed: 1, lastClosedOn: '2025-03-14' },
  nothing: { open: 0, closed: 0, lastClosedOn: null },
};
const HEARD = {
  fresh: { lastHeardAt: NOW - 60_000, completeTo: NOW - 60_000 },
  late: { lastHeardAt: Date.UTC(2026, 10, 19), completeTo: Date.UTC(2026, 10, 19) },
};
/** What a panel says of a service that is shown, the source's own rhythm left out. */
const SAYS = {
  current: {
    open: { fresh: 'Involved now', late: 'Involved when last checked, 19 Nov 2026; expected' },
    ended: {
      fresh: 'Involved before, ended 14 Mar 2025',
      late: 'Involved before, ended 14 Mar 2025, when last checked, 19 Nov 2026; expected',
    },
    nothing: { fresh: 'Checked, nothing found', late: 'Not checked: not heard from since 19 Nov 2026, expected' },
  },
  'never current': {
    open: { fresh: 'Records held', late: 'Records held when last checked, 19 Nov 2026; expected' },
    ended: { fresh: 'Records held', late: 'Records held when last checked, 19 Nov 2026; expected' },
    nothing: { fresh: 'Checked, nothing found', late: 'Not checked: not heard from since 19 Nov 2026, expected' },
  },
};
const keysOf = <T extends object>(table: T) => Object.keys(table) as (keyof T)[];

function saidOf(service: string, age: number, known: keyof typeof KNOWN, heard: keyof typeof HEARD): string {
  const source = sources.find((source) => source.service === service)!;
  const read = { coversFrom: null, coversTo: null, area: null, matched: true, heldBack: false, dropped: null, ...HEARD[heard] };
  const { words } = serviceStateOf({
    rule: services.find((rule) => rule.service === service)!,
    age: { youngest: age, oldest: age },
    ...KNOWN[known],
    beginsOn: null,
    wrongMatch: false,
    wellIdentified: true,
    knownToReader: false,
    sources: [{ freshness: freshnessOf(source, read, NOW), states: null, outOfArea: false, possibleMatch: null, heldBackSince: null }],
  });
  return words.replace(/expected every .*$/, 'expected');
}

test('the table is about every service of the settings that a source is shown for', () => {
  expect(Object.keys(AGES).sort()).toEqual(
    services
      .filter(({ display }) => display === 'shown')
      .map(({ service }): string => service)
      .sort(),
  );
});

const rows = Object.entries(AGES).flatMap(([service, ages]) =>
  keysOf(KNOWN).flatMap((known) => keysOf(HEARD).map((heard) => ({ service, known, heard, ...ages }))),
);

test.each(rows)('$service, $known, source $heard', ({ service, known, heard, shown, not, rule }) => {
  const words = SAYS[service === 'police' ? 'never current' : 'current'][known][heard];
  for (const age of shown) expect([age, saidOf(service, age, known, heard)]).toEqual([age, words]);
  for (const age of not) expect([age, saidOf(service, age, known, heard)]).toEqual([age, `Not checked: ${rule}`]);
});
