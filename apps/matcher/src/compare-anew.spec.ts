import { expect, test } from '@jest/globals';
import { comparableOf, DEFAULT_MODEL, loadMatchModel } from '#lib/matching';
import { kept, MAYA, subjectOf } from '../../../test/support/match-steps.js';
import { MatchStoreInMemory } from '../../../test/support/match-store-in-memory.js';
import { compareAnew } from './compare-anew.js';
import type { KeptDetails } from './details.js';

test('a record found to be erased keeps no pair, and whoever had one with it is decided again', async () => {
  const store = new MatchStoreInMemory();
  const [known, erased, fresh] = [0, 1, 2].map(subjectOf) as [string, string, string];
  for (const subject of [known, erased, fresh]) store.details.set(subject, { subject, ...kept(MAYA), gone: false });
  await store.addPairs([{ one: known, other: erased, pair: { weight: 20_000, zone: 'join', caps: [] } }]);
  const open = (details: readonly KeptDetails[]) => Promise.resolve({
    comparables: new Map(details.filter(({ subject }) => subject !== erased).map(({ subject, sealed }) => [subject, comparableOf({ subject, ...JSON.parse(sealed.toString()) })])),
    erased: [erased],
  }); // prettier-ignore

  const compared = await compareAnew(store, { open, model: loadMatchModel(DEFAULT_MODEL) }, [fresh]);
  expect(compared).toEqual({ left: [known], erased: [erased] });
  expect(store.pairs.map(({ one, other }) => [one, other])).toEqual([[known, fresh]]);
});
