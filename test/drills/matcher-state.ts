import { setTimeout as pause } from 'node:timers/promises';
import { matcherDrill } from './harness/matching-stage.js';

/** The matcher finds an empty database where its state was: it takes over what the log says it decided, and what stewards ruled. */
export const matcherStateLost = matcherDrill({
  name: 'matcher-state-lost',
  what: 'the matcher’s state is lost under load, and made anew from both logs',
  async run(stage) {
    const { scene } = stage;
    await stage.matcher();
    for (let time = 0; time < (scene.short ? 1 : 3); time += 1) {
      stage.stewards.call();
      await stage.untilDecided(100);
      await pause(scene.chance.int(500, 2_000));
      // A ruling that is not in the log yet would be lost with the state.
      await stage.stewards.restWhenFollowed();
      await stage.state.lose();
      await stage.untilDecided(50, 60_000);
    }
    stage.stewards.call();
    await stage.untilDecided(50);
  },
});

/** An old copy of the state comes back, in which rulings wait that were followed since, and were taken back since. */
export const matcherOldCopy = matcherDrill({
  name: 'matcher-old-copy',
  what: 'an old copy of the matcher’s state is restored, with rulings that wait in it and were followed and taken back since',
  async run(stage) {
    const { stewards, state } = stage;
    const first = await stage.matcher();
    stewards.call();
    await stage.untilDecided(100);
    await stewards.rest();
    await first.stop();
    const waiting = [await stewards.ask({ ruling: 'apart' }), await stewards.ask({ ruling: 'together' })];
    const restore = await state.copy();
    const second = await stage.matcher();
    for (const { one, other } of waiting) await stewards.ask({ one, other, ruling: 'none' });
    await stage.untilDecided(100);
    await stewards.restWhenFollowed();
    await second.stop();
    await restore();
    await stage.matcher();
    await stage.untilDecided(50);
  },
});
