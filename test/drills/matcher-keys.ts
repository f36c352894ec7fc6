import { eventually } from '../support/eventually.js';
import { KeysAway } from '../support/keys-away.js';
import { matcherHalted } from './harness/halted.js';
import { matcherDrill, type MatchingStage } from './harness/matching-stage.js';

const PATIENT = { MATCHER_MISSING_KEYS: '1000000' };

/** Every key is lost while the matcher is down. It passes over what came meanwhile, and halts over what it knows until all of them are back. */
export const matcherKeysLost = matcherDrill({
  name: 'matcher-keys-lost',
  what: 'all keys are lost under the matcher and come back by halves: nobody is parted, and what could not be read is read',
  async run(stage) {
    const { scene, load } = stage;
    const first = await stage.matcher();
    await stage.untilDecided(100);
    await scene.stopLoad();
    await stage.untilAllDecided();
    await first.stop();
    await load.burst(scene.short ? 200 : 1_000);
    // The projector has its own drills of lost keys.
    await scene.untilCaughtUp();

    const away = await KeysAway.open(scene.env.KEY_STORE_URL!);
    scene.whenOver(() => away.close());
    const subjects = await away.takeAll();
    const from = await stage.decided();
    const second = await stage.matcher(PATIENT);
    await stage.untilAllDecided();
    const passedOver = await unread(stage);
    if (passedOver === 0) throw new Error('nothing was passed over: the drill has missed');
    await away.giveBack(subjects.filter((_, at) => at % 2 === 0));
    await matcherHalted(second, 'keys-lost');
    await second.stop();

    await away.giveBack();
    await stage.matcher(PATIENT);
    await eventually('everything was read', async () => (await unread(stage)) === 0, { within: 60_000 });
    stage.unreadBetween = { from, to: await stage.decided() };
    scene.notes.push(`${passedOver} events were passed over and read again`);
    load.start();
    stage.stewards.call();
    await stage.untilDecided(50);
  },
});

const unread = ({ state }: MatchingStage): Promise<number> =>
  state.on(async (pool) => (await pool.query('SELECT FROM matcher.unread')).rows.length);
