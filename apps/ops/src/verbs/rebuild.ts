import { Command, Option } from 'nest-commander';
import {
  allGenerations,
  askForGeneration,
  FOLD_VERSION,
  type ListedGeneration,
  type ReadModelPool,
  steerBuild,
  WrongGenerationError,
} from '#lib/read-model';
import { cancelBuild } from '../cancel-build.js';
import { WrongUseError } from '../errors.js';
import { DONE } from '../exit-codes.js';
import { followBuild, progressOf } from '../follow-build.js';
import { inReadModel } from '../in-read-model.js';
import { rateOfLastBuild } from '../listed-generations.js';
import { endsOfLogs } from '../log-lengths.js';
import { onRecord, reasonOf } from '../on-record.js';
import { wholeNumber } from '../option-values.js';
import { ago, tell } from '../print.js';
import { type ChangeOptions, ChangingVerb } from '../verb.js';

interface RebuildOptions extends ChangeOptions {
  throttle?: number | null;
  detach?: boolean;
  follow?: boolean;
  pause?: boolean;
  resume?: boolean;
  cancel?: boolean;
}

@Command({ name: 'rebuild', description: 'Builds a new generation from both logs beside the live one, and steers that build.' })
export class RebuildVerb extends ChangingVerb {
  protected override readonly examples = {
    'rebuild --dry-run': 'how many events would be folded, and about how long that takes',
    'rebuild --reason "fold version 2" --throttle 2000': 'begins, 2,000 events a second at most, and follows until it is ready',
    'rebuild --follow': 'follows the build that is under way; Ctrl-C leaves it alone',
    'rebuild --throttle none --reason "night"': 'lets the build that is under way go as fast as it can',
    'rebuild --pause --reason "busy day"': 'it stands still, and keeps what it has; --resume goes on',
    'rebuild --cancel --reason "wrong version"': 'ends it, and leaves nothing of it',
  };

  async run(_: string[], options: RebuildOptions): Promise<void> {
    const acts = (['pause', 'resume', 'cancel', 'follow', 'detach'] as const).filter((act) => options[act]);
    if (acts.length > 1) throw new WrongUseError(`Either --${acts.join(' or --')}, not both.`);
    const reason = options.dryRun || options.follow ? '' : reasonOf(options);
    await inReadModel(async (pool) => {
      const generations = await allGenerations(pool);
      const build = generations.find(({ state }) => state === 'building');
      const steers = options.pause || options.resume || options.cancel || options.follow || (build && options.throttle !== undefined);
      if (!steers) return options.dryRun ? tellSize(generations, options) : begin(pool, reason, options);
      if (!build) throw new WrongGenerationError('No generation is being built.');
      if (options.dryRun) return tell({ build }, [`Would be done to this build: ${progressOf(build)}`], options);
      return options.follow ? follow(pool, build.id, options) : steer(pool, build, reason, options);
    });
    process.exitCode = DONE;
  }

  @Option({ flags: '--throttle <events>', description: 'events a second at most, or none; also of a build that is under way' })
  throttle(text: string): number | null {
    return text === 'none' ? null : wholeNumber('--throttle', text, { min: 1 });
  }

  @Option({ flags: '--detach', description: 'ask for it and come back at once' })
  detach(): boolean {
    return true;
  }

  @Option({ flags: '--follow', description: 'follow the build that is under way' })
  follow(): boolean {
    return true;
  }

  @Option({ flags: '--pause', description: 'let the build stand still' })
  pause(): boolean {
    return true;
  }

  @Option({ flags: '--resume', description: 'let it go on' })
  resume(): boolean {
    return true;
  }

  @Option({ flags: '--cancel', description: 'end it and leave nothing of it' })
  cancel(): boolean {
    return true;
  }
}

async function tellSize(generations: ListedGeneration[], options: RebuildOptions): Promise<void> {
  const events = (await endsOfLogs()).reduce((sum, { offset }) => sum + offset, 0);
  const known = rateOfLastBuild(generations);
  const perSecond = known === null ? (options.throttle ?? null) : Math.min(known, options.throttle ?? Infinity);
  const took = perSecond ? `about ${ago(events / perSecond)} at ${perSecond.toFixed(0)}/s` : 'how long is not known before the first build';
  const lines = [
    `${events} events would be folded into a new generation of fold version ${FOLD_VERSION}: ${took}.`,
    'Readers would see no change.',
  ];
  tell({ events, foldVersion: FOLD_VERSION, perSecond, seconds: perSecond ? events / perSecond : null }, lines, options);
}

async function begin(pool: ReadModelPool, reason: string, options: RebuildOptions): Promise<void> {
  const id = await onRecord('rebuild', reason, { throttle: options.throttle ?? null, foldVersion: FOLD_VERSION }, () =>
    askForGeneration(pool, { throttle: options.throttle }),
  );
  if (options.detach)
    tell({ generation: id, state: 'building' }, [`Generation ${id} is asked for. See npm run ops -- rebuild --follow.`], options);
  else await follow(pool, id, options);
}

async function follow(pool: ReadModelPool, id: number, options: RebuildOptions): Promise<void> {
  const { state, eventsTotal } = await followBuild(pool, id);
  const lines = [`Generation ${id} is ${state}: ${eventsTotal ?? 0} events, and keeps up. Next: npm run ops -- compare --generation ${id}`];
  tell({ generation: id, state, events: eventsTotal }, lines, options);
}

async function steer(pool: ReadModelPool, build: ListedGeneration, reason: string, options: RebuildOptions): Promise<void> {
  const { throttle, pause, resume, cancel } = options;
  const act = pause ? 'pause' : resume ? 'run' : cancel ? 'cancel' : undefined;
  await onRecord(
    'rebuild',
    reason,
    { generation: build.id, wanted: act ?? null, ...(throttle !== undefined && { throttle }) },
    async () => {
      if (act === 'cancel') await cancelBuild(pool, build);
      else await steerBuild(pool, { wanted: act, throttle });
    },
  );
  const done = act === 'cancel' ? 'cancelled' : act === 'pause' ? 'paused' : act === 'run' ? 'resumed' : 'throttled';
  tell({ generation: build.id, done }, [`The build of generation ${build.id} is ${done}.`], options);
}
