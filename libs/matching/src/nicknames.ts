import { GIVEN_NAMES } from './given-names.js';

interface Family {
  /** Full names that are spellings of one another. */
  full: string[];
  short: string[];
}

const families = new Map<string, Family[]>();
for (const line of GIVEN_NAMES.trim().split('\n')) {
  const [full, short] = line.split(':').map((names) => names.trim().split(' ').filter(Boolean)) as [string[], string[] | undefined];
  const family = { full, short: short ?? [] };
  for (const name of [...family.full, ...family.short]) families.set(name, [...(families.get(name) ?? []), family]);
}

/** Other forms of a normalised given name, both ways: `tom` → `thomas`, `tommy`; `thomas` → `tom`, `tommy`. Sorted; never the name itself. */
export function nicknames(word: string): string[] {
  const others = new Set((families.get(word) ?? []).flatMap((family) => [...family.full, ...family.short]));
  others.delete(word);
  return [...others].sort();
}

/** The full names that a normalised given name stands for, each in its first spelling: `tom`, `tommy` and `tomasz` are all `thomas`; `alex` is two. */
export const fullNamesOf = (word: string): string[] => (families.get(word) ?? []).map(({ full }) => full[0]!);

/** What a recorded given name is to the one typed, both normalised: its full name, a short name of it, or another form beside it. */
export function nicknameKind(typed: string, recorded: string): 'full name' | 'short name' | 'other form' | null {
  const shared = (families.get(typed) ?? []).filter(({ full, short }) => [...full, ...short].includes(recorded));
  if (shared.length === 0 || typed === recorded) return null;
  if (shared.some(({ full, short }) => short.includes(typed) && full.includes(recorded))) return 'full name';
  if (shared.some(({ full, short }) => full.includes(typed) && short.includes(recorded))) return 'short name';
  return 'other form';
}
