import type { Couple, FamilyInTheMaking } from './family-in-the-making.js';
import type { Person } from './person.js';

/** Adds every tie that follows from who is whose parent and who lives as a couple. */
export function addKinship(make: FamilyInTheMaking): void {
  for (const couple of make.couples) addCouple(make, couple);
  for (const child of make.people) {
    addParents(make, child);
    addStepParents(make, child);
    addGrandparents(make, child);
  }
  make.people.forEach((one, i) => make.people.slice(i + 1).forEach((other) => addSiblings(make, one, other)));
}

/** Who parted is tied twice: as what they were, until then, and as what they are since. */
function addCouple(make: FamilyInTheMaking, { a, b, kind, since, until }: Couple): void {
  if (!until) return make.tie(a, b, kind, { startedOn: since });
  make.tie(a, b, kind === 'ex-spouse' ? 'spouse' : 'partner', { startedOn: since, endedOn: until });
  make.tie(a, b, kind, { startedOn: until });
}

const parentsOf = ({ mother, father }: Person): Person[] => [mother, father].filter((parent) => parent !== null);

function addParents(make: FamilyInTheMaking, child: Person): void {
  for (const parent of parentsOf(child)) {
    if (child.unborn) {
      if (parent === child.mother) make.tie(parent, child, 'unborn-child');
    } else
      make.tie(child, parent, 'parent', {
        parentalResponsibility: !make.notResponsible.has(parent),
        mainCarer: make.mainCarers.get(child) === parent,
        startedOn: child.born,
      });
  }
}

const together = ({ until }: Couple): boolean => until === null;
const partnersOf = (make: FamilyInTheMaking, person: Person): { partner: Person; couple: Couple }[] =>
  make.couples
    .filter((couple) => together(couple) && (couple.a === person || couple.b === person))
    .map((couple) => ({ partner: couple.a === person ? couple.b : couple.a, couple }));

function addStepParents(make: FamilyInTheMaking, child: Person): void {
  if (child.unborn) return;
  const parents = parentsOf(child);
  for (const parent of parents)
    for (const { partner, couple } of partnersOf(make, parent))
      if (!parents.includes(partner))
        make.tie(child, partner, 'step-parent', { startedOn: couple.since > child.born ? couple.since : child.born });
}

function addGrandparents(make: FamilyInTheMaking, child: Person): void {
  if (child.unborn) return;
  for (const grandparent of parentsOf(child).flatMap(parentsOf)) make.tie(child, grandparent, 'grandparent', { startedOn: child.born });
}

function addSiblings(make: FamilyInTheMaking, one: Person, other: Person): void {
  const shared = parentsOf(one).filter((parent) => parentsOf(other).includes(parent));
  if (shared.length > 0) {
    const [born, unborn] = one.unborn ? [other, one] : [one, other];
    if (unborn.unborn && born.unborn) return;
    if (unborn.unborn) make.tie(born, unborn, 'unborn-sibling');
    else make.tie(one, other, shared.length === 2 || (!one.father && !other.father) ? 'sibling' : 'half-sibling');
  } else if (!one.unborn && !other.unborn && parentsLiveTogether(make, one, other)) make.tie(one, other, 'step-sibling');
}

const parentsLiveTogether = (make: FamilyInTheMaking, one: Person, other: Person): boolean =>
  make.couples.some(
    (couple) =>
      together(couple) &&
      ((parentsOf(one).includes(couple.a) && parentsOf(other).includes(couple.b)) ||
        (parentsOf(one).includes(couple.b) && parentsOf(other).includes(couple.a))),
  );
