import { expect, test } from '@jest/globals';
import { makeTown } from '../apps/demo/src/town.js';
import { checkEvent } from '../apps/ingest/src/check/check-event.js';
import { MAPPINGS } from '../apps/ingest/src/sources/sources.js';
import { SourcesInUse } from '../apps/ingest/src/sources/sources-in-use.js';

const sources = SourcesInUse.agreedIn('deploy/authority/northbridge.json', MAPPINGS).all;
const TODAY = '2026-11-23';
const NOW = Date.parse(`${TODAY}T06:00:00Z`);

/** The contract's shape is proven beside the town; these are the rules that hold across fields and against the clock. */
test.each([0, 3000, 6000, 9000, 12_000])(
  'the door refuses nothing of what the made-up town has to tell (families from %i)',
  (firstFamily) => {
    const town = makeTown({ seed: 'northbridge', today: TODAY, firstFamily, families: 700 });
    const refused = sources.flatMap((source) =>
      (town.history.get(source.name) ?? []).flatMap((event) => checkEvent(event, source, NOW).problems ?? []),
    );
    expect(refused).toEqual([]);
    expect(town.history.size).toBe(sources.length);
  },
);
