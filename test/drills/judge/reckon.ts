import type { Entry } from '../../support/any-log.js';
import { lastSaid, type LastSaid } from '../../support/last-said.js';
import { statementsOf } from '../../support/statements.js';

/** What the read model must hold after these entries: every register, and what rows were first written with. */
export function reckon(entries: readonly Entry[]): Map<string, LastSaid> {
  const said = lastSaid(entries);
  for (const entry of entries) {
    if (entry.log !== 'involvement-log' || !statementsOf(entry).some(({ name }) => name.startsWith('record '))) continue;
    const { event, place } = entry;
    const plain = { source: event.source, record_id: 'recordId' in event ? event.recordId : '' };
    said.set(`record ${place.subject} plain`, { version: [0, 0, 0], said: [plain] });
  }
  return said;
}

/** How many entries have nothing left in the read model: newer ones, or the same ones delivered before, hold every register they wrote. */
export function supersededAmong(entries: readonly Entry[], said: Map<string, LastSaid>): number {
  const counted = new Set<string>();
  return entries.filter((entry) => {
    const wins = statementsOf(entry).filter(({ name, version }) => {
      const place = `${name} ${version.join('/')}`;
      const won = said.get(name)!.version.join('/') === version.join('/') && !counted.has(place);
      if (won) counted.add(place);
      return won;
    });
    return wins.length === 0;
  }).length;
}
