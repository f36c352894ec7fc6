import type { Running } from '#lib/runtime';
import { startIngest } from '../../apps/ingest/src/start.js';
import { startMatcher } from '../../apps/matcher/src/start.js';
import { startProjector } from '../../apps/projector/src/start.js';
import { startQuery } from '../../apps/query/src/start.js';
import { appEnv } from './app-env.js';
import { asStewards } from './matcher-by-hand.js';
import { untilReady } from './until-ready.js';
import { Visitor } from './visitor.js';

/** Everything between a source and a reader, on an environment of its own; the matcher decides already. */
export class AllProcesses {
  private constructor(
    readonly env: Record<string, string>,
    private readonly running: readonly Running[],
    /** Where sources send to. */
    readonly ingestUrl: string,
    /** Where readers look. */
    readonly queryUrl: string,
  ) {}

  /** @param overrides settings a test wants otherwise */
  static async start(overrides: Record<string, string> = {}): Promise<AllProcesses> {
    const env = await appEnv(overrides);
    const [matcher, projector, ingest] = await Promise.all([startMatcher(env), startProjector(env), startIngest(env)]);
    await untilReady(matcher);
    const query = await startQuery({ ...env, MATCHER_STEWARDS_URL: await asStewards(env.MATCHER_URL!) });
    return new AllProcesses(env, [query, ingest, projector, matcher], ingest.url, query.url);
  }

  signedIn(reader: string): Promise<Visitor> {
    return Visitor.signedIn(this.queryUrl, reader);
  }

  async stop(): Promise<void> {
    for (const { stop } of this.running) await stop();
  }
}
