import type { Person } from '../families/person.js';
import type { Name } from '../names/name-a-person.js';
import { shortNamesOf } from '../names/short-names.js';
import type { Random } from '../random.js';
import type { Details, Habits } from './habits.js';
import { withoutMarks, withoutSigns, withSlip } from './letters.js';
import { spellingsOf } from './variants.js';

/** A person's names as one system has them. An unborn child has a placeholder until it is named. */
export function writeNames(person: Person, habits: Habits, chance: Random): Details['names'] {
  if (person.unborn) return [{ family: write(person.name.family, habits, chance), given: ['Unborn'], kind: 'current' }];
  const names: Details['names'] = [{ ...written(known(person, habits, chance), habits, chance), kind: 'current' }];
  if (habits.keepsFormerNames)
    for (const former of person.formerNames) names.push({ ...written(former, habits, chance), kind: 'former', to: former.until });
  const inOwnScript = person.origin.ownScript?.[person.name.given[0]!];
  if (inOwnScript && habits.keepsMarks && chance.chance(0.5)) names.push({ family: null, given: [inOwnScript], kind: 'alias' });
  return names;
}

/** The name the person goes by at that counter. */
function known({ name, formerNames, mother, father }: Person, habits: Habits, chance: Random): Name {
  const given = [...name.given];
  const short = shortNamesOf(given[0]!);
  if (short.length > 0 && chance.chance(habits.shortNames)) given.splice(0, given.length, chance.pick(short));
  else if (given.length > 1 && chance.chance(0.4)) given.pop();
  if (name.family === null || !chance.chance(habits.otherFamilyNames)) return { family: name.family, given };
  const halves = name.family.split('-');
  const others = [halves.length > 1 ? chance.pick(halves) : null, formerNames[0]?.family, mother?.name.family, father?.name.family];
  return { family: others.find((other) => other && other !== name.family) ?? name.family, given };
}

function written(name: Name, habits: Habits, chance: Random): { family: string | null; given: string[] } {
  const family = write(name.family, habits, chance);
  return {
    family: habits.capitals && family ? family.toUpperCase() : family,
    given: name.given.map((given) => write(given, habits, chance)!),
  };
}

function write(name: string | null, habits: Habits, chance: Random): string | null {
  if (name === null) return null;
  const others = spellingsOf(name);
  let text = others.length > 0 && chance.chance(habits.variants) ? chance.pick(others) : name;
  if (!habits.keepsMarks) text = withoutSigns(withoutMarks(text), chance);
  return chance.chance(habits.slips) ? withSlip(text, chance) : text;
}
