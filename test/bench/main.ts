import { SpawnedApp } from '../support/spawned-app.js';
import { type BenchOptions, benchOptions, HELP } from './arguments.js';
import { startBenchStack } from './bench-stack.js';
import { measureCaptured } from './captured.js';
import { measureCsv } from './csv.js';
import { measureCurve } from './curve.js';
import { measureFreshness } from './freshness.js';
import { measureFreshnessBesideRebuild } from './freshness-beside-rebuild.js';
import { measureIngest } from './ingest.js';
import { untilMatched } from './matched.js';
import { measureLanding } from './landing.js';
import { measureMatcher } from './matcher.js';
import { printTable } from './print-table.js';
import { measureProjector } from './projector.js';
import { measureRawLimit } from './raw-limit.js';
import { measureReading } from './reading.js';
import { measureRebuild } from './rebuild.js';
import { measureRedrive } from './redrive.js';
import type { Result } from './result.js';
import { measureSize } from './size/measure-size.js';
import { measureSink } from './sink/measure-sink.js';
import { measureWhoIsOnePerson } from './who-is-one-person.js';
import { writeResults } from './write-results.js';
import { step } from '../../deploy/step.js';

/** In the order in which each finds what it needs: the log filled by (e), read by (a) and (b), then matched for (c) and (d). */
async function bench({ only, events, people, freshnessSeconds, readingSeconds }: BenchOptions): Promise<Result[]> {
  if (only.has('matching')) return measureWhoIsOnePerson();
  const { env, stop } = await startBenchStack();
  const running: SpawnedApp[] = [];
  const start = async (app: string): Promise<SpawnedApp> => {
    const started = await SpawnedApp.start(app, env);
    running.push(started);
    return started;
  };
  try {
    const results: Result[] = [];
    if (only.has('size')) return await step('(size) reading at size', () => measureSize(env, people, readingSeconds));
    if (only.has('match') || only.has('beside'))
      return await step('(match) the matcher', () => measureMatcher(env, Math.ceil(events / 3), { beside: only.has('beside') }));
    if (only.has('cdc')) return await step('(cdc) captured changes', () => measureCaptured(env, readingSeconds));
    if (only.has('landing')) return await step('(landing) a flood', () => measureLanding(env, Math.ceil(events / 10)));
    const ingest = await start('ingest');
    if (only.has('curve')) return await step('(curve) rebuilds of a growing log', () => measureCurve(env, ingest, events));
    if (only.has('csv')) return await step('(csv) files', () => measureCsv(ingest, Math.ceil(events / 10)));
    results.push(await step('(e) ingest', () => measureIngest(ingest, events)));
    const raw = only.has('a') || only.has('b') ? await step('(a) raw limit', () => measureRawLimit(env)) : undefined;
    if (raw) results.push(raw);
    const sink = only.has('f') ? await step('(f) JDBC sink', () => measureSink(env)) : undefined;
    results.push(...(sink?.results ?? []));
    const folded = await step('(b) projector', () => measureProjector(env, { raw: raw?.perSecond, sink: sink?.perSecond }));
    running.push(folded.projector);
    results.push(...folded.results);
    if (only.has('g')) results.push(...(await step('(g) rebuild', () => measureRebuild(env, folded.perSecond))));
    if (only.has('h')) results.push(await step('(h) redrive', () => measureRedrive(env)));
    if (only.has('c') || only.has('d')) {
      await start('matcher');
      await step('matching', () => untilMatched(env));
      const query = await start('query');
      if (only.has('c')) results.push(await step('(c) freshness', () => measureFreshness(env, ingest, query, freshnessSeconds)));
      if (only.has('d')) results.push(...(await step('(d) reading', () => measureReading(env, query, readingSeconds))));
      if (only.has('c'))
        results.push(
          await step('(c) freshness beside a rebuild', () => measureFreshnessBesideRebuild(env, ingest, query, freshnessSeconds)),
        );
    }
    return results.filter(({ measure }) => only.has(measure)).sort((a, b) => a.measure.localeCompare(b.measure));
  } finally {
    for (const app of running.toReversed()) await app.stop();
    await stop();
  }
}

const options = benchOptions(process.argv.slice(2));
if (options === 'help') console.log(HELP);
else {
  const results = await bench(options);
  printTable(results);
  console.log(`Written to ${writeResults(results, options.events)}`);
}
