import { Command, Option } from 'nest-commander';
import { runUntilStopped } from '#lib/runtime';
import { sealSettings } from '../audit/audit-settings.js';
import { openSealer } from '../audit/open-sealer.js';
import { startSealing } from '../audit/start-sealing.js';
import { saidOfDatabase } from '../away.js';
import { opsEnvironment } from '../environment.js';
import { WrongUseError } from '../errors.js';
import { DONE } from '../exit-codes.js';
import { seconds } from '../option-values.js';
import { instantWords, tell } from '../print.js';
import { type AnswerOptions, Verb } from '../verb.js';

interface SealOptions extends AnswerOptions {
  once?: boolean;
  every?: number;
  pushAgain?: boolean;
}

/** New entries are covered by a pushed checkpoint within a minute; the rest is for a database that takes its time. */
const EVERY_SECONDS = 10;
const LONGEST_SECONDS = 60;

@Command({
  name: 'seal',
  description: 'Seals the audit log: index, Merkle tree, signed checkpoints at a second place. Runs until it is stopped.',
})
export class SealVerb extends Verb {
  protected override readonly examples = {
    seal: 'runs until Ctrl-C or SIGTERM; answers /health and /metrics at HTTP_PORT; a second one stands by',
    'seal --once': 'one turn, for cron or before an export',
    'seal --once --push-again': 'the place that checkpoints went to is lost, and a new one begins: every leaf is pushed again',
  };

  async run(_: string[], options: SealOptions): Promise<void> {
    if (options.once) return sealOnce(options);
    if (options.pushAgain) throw new WrongUseError('--push-again goes with --once.');
    return runUntilStopped('seal', () => startSealing(opsEnvironment(), { everyMs: (options.every ?? EVERY_SECONDS) * 1000 }));
  }

  @Option({ flags: '--once', description: 'one turn, and no more' })
  once(): boolean {
    return true;
  }

  @Option({
    flags: '--every <seconds>',
    description: `seconds between two turns (${EVERY_SECONDS} unless said, ${LONGEST_SECONDS} at most)`,
  })
  every(text: string): number {
    const every = seconds('--every', text);
    if (every > LONGEST_SECONDS)
      throw new WrongUseError(`--every wants ${LONGEST_SECONDS} seconds at most: so long may an entry vanish unseen.`);
    return every;
  }

  @Option({ flags: '--push-again', description: 'begin a new second place where the old one is lost; with --once' })
  pushAgain(): boolean {
    return true;
  }
}

async function sealOnce(options: SealOptions): Promise<void> {
  try {
    const sealer = await openSealer(sealSettings(), options.pushAgain);
    try {
      const turn = await sealer.turn();
      const waits = turn.oldestWaiting === null ? '' : ` The oldest that waits is of ${instantWords(turn.oldestWaiting)}.`;
      tell(
        turn,
        [`${turn.sealed} entries sealed, ${turn.size} in all; the newest checkpoint is of ${instantWords(turn.signedAt)}.${waits}`],
        options,
      );
    } finally {
      await sealer.close();
    }
  } catch (error) {
    throw saidOfDatabase('the audit store', error);
  }
  process.exitCode = DONE;
}
