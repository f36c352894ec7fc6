import { ruleWords, type UnusualFinding, type UnusualRule, type UnusualUse } from '#lib/audit';
import { dayWords } from '../day-words.js';
import { counted } from '../ops-pages/lasting-words.js';
import { roleWords } from './entry-shown.js';
import { personWords } from './entry-words.js';

export const STATE_WORDS = { open: 'Open', justified: 'Justified', upheld: 'Upheld', any: 'Any' } as const;

/** Rules that count by weeks: their day is the Monday. */
const WEEKLY: readonly UnusualRule[] = ['outsideCaseload', 'thinReasons'];

/** A finding in one row. */
export function findingLine(finding: UnusualFinding, use: UnusualUse) {
  const { id, rule, reader, role, team, person, day, lastAt, counts, decision } = finding;
  return {
    id,
    days: WEEKLY.includes(rule) ? `Week of ${dayWords(day)}` : dayWords(day),
    lastAt,
    ...ruleWords(rule, use),
    reader,
    roleAndTeam: [role === null ? null : roleWords(role), team].filter(Boolean).join(', '),
    person: person === null ? null : { id: person, words: personWords(person) },
    counted: countsWords(counts),
    state: decision?.verdict ?? 'open',
    stateWords: STATE_WORDS[decision?.verdict ?? 'open'],
  };
}

const UNITS: Record<string, (count: number) => string> = {
  looks: (count) => counted(count, 'look'),
  people: (count) => (count === 1 ? '1 person' : `${count.toLocaleString('en-GB')} people`),
  usual: (count) => `usually ${count.toLocaleString('en-GB')}`,
  overrides: (count) => counted(count, 'time'),
  refusals: (count) => counted(count, 'refusal'),
};

const countsWords = (counts: Record<string, number>): string =>
  ['people', 'usual', 'looks', 'overrides', 'refusals']
    .flatMap((name) => (counts[name] === undefined ? [] : [UNITS[name]!(counts[name])]))
    .join(', ');

/** Above the list of what was counted: "What the rule counts: 3 looks at 1 person, newest first". */
export function listedOfFinding({ looks, total, people }: { looks: readonly unknown[]; total: number; people: number }): string {
  const counts = `${counted(total, 'look')} at ${UNITS.people!(people)}`;
  const cut = looks.length < total ? `: the newest ${looks.length} of them` : '';
  return `What the rule counts: ${counts}, newest first${cut}`;
}
