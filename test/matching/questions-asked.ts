/** Two people of whom a steward is asked, by their places; whether a pair of their records is truly of one person, and how much it weighs. */
export interface Doubt {
  one: number;
  other: number;
  same: boolean;
  weight: number;
}

/**
 * How many questions a steward answers, rightly and the weightiest first, until none is left: the same makes two people one, so that what is asked
 * of both is asked once; different settles it for whatever these two are part of.
 */
export function questionsAsked(doubts: readonly Doubt[]): number {
  const leads = new Map<number, number>();
  const leadOf = (place: number): number => {
    const lead = leads.get(place);
    return lead === undefined ? place : leadOf(lead);
  };
  const apart: [number, number][] = [];
  let asked = 0;
  for (const { one, other, same } of [...doubts].sort((a, b) => b.weight - a.weight || a.one - b.one || a.other - b.other)) {
    const [a, b] = [leadOf(one), leadOf(other)];
    const isSettled = ([c, d]: [number, number]) => [a, b].includes(leadOf(c)) && [a, b].includes(leadOf(d)) && leadOf(c) !== leadOf(d);
    if (a === b || apart.some(isSettled)) continue;
    asked += 1;
    if (same) leads.set(a, b);
    else apart.push([one, other]);
  }
  return asked;
}
