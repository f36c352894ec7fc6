import { expect, test } from '@jest/globals';
import type { PairRuling } from '#lib/events';
import { freshDatabase } from '../../../../test/support/fresh.js';
import { MatchStoreInMemory } from '../../../../test/support/match-store-in-memory.js';
import { risingSteps, type Ruling, withTargets } from '../../../../test/support/match-steps.js';
import { MatcherBySteps } from '../../../../test/support/matcher-by-steps.js';
import { migrateState } from './migrate-state.js';
import { State } from './open-state.js';
import { keepRules } from './rulings.js';
import { stored } from './stored.js';

const TYPES: Record<Ruling['ruling'], PairRuling['type']> = { together: 'RecordsKeptTogether', apart: 'RecordsKeptApart', none: 'RecordsKeptApartRevoked' }; // prettier-ignore

test('a thousand creations, changes, removals and rulings in the database end as in memory, decision by decision, and as a batch does', async () => {
  const url = await freshDatabase('matcher');
  await migrateState(url);
  const state = new State(url, () => undefined);
  const store = new MatchStoreInMemory();
  const memory = new MatcherBySteps(store, (ruling) => store.keepRuling(ruling));
  const steps = risingSteps(30, 1_000, 11);
  try {
    await state.transaction(async (client) => {
      const real = new MatcherBySteps(stored(client), ({ one, other, ruling, decision }) =>
        keepRules(client, [{ type: TYPES[ruling], subject: one, other, decision, reason: '', by: '' }]),
      );
      for (let at = 0; at < steps.length; at += 5) {
        const batch = withTargets(steps.slice(at, at + 5));
        await memory.take(batch);
        await real.take(batch);
      }
      expect(real.decisions).toEqual(memory.decisions);
      expect(await real.people()).toEqual(await memory.people());
      expect(await real.people()).toEqual(await real.peopleAtOnce());
    });
  } finally {
    await state.close();
  }
}, 120_000);
