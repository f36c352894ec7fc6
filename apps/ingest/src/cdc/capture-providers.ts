import type { Provider } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { IngestParts } from '../ingest.module.js';
import { Measures } from '../measures.js';
import type { Reachable } from '../reachable.js';
import { PublishFacts } from '../remembered/publish-facts.js';
import type { Remembered } from '../remembered/remembered.js';
import type { VanishedFacts } from '../remembered/vanished-facts.js';
import { WeLooked } from '../remembered/we-looked.js';
import { Beats } from './beats.js';
import { CaptureMeasures } from './capture-measures.js';
import { CaptureState } from './capture-state.js';
import { PublishRows } from './publish-rows.js';

/** What the door for captured changes is made of. */
export function captureProviders(
  { database, digests, metrics, logger }: IngestParts,
  remembered: Reachable<Remembered>,
  vanished: VanishedFacts,
): Provider[] {
  const state = new CaptureState(database);
  const measures = new CaptureMeasures(metrics);
  return [
    { provide: CaptureState, useValue: state },
    { provide: CaptureMeasures, useValue: measures },
    {
      provide: PublishRows,
      useFactory: (facts: PublishFacts, commands: CommandBus, answers: Measures) =>
        new PublishRows(facts, digests, remembered, vanished, state, commands, { answers, capture: measures }),
      inject: [PublishFacts, CommandBus, Measures],
    },
    {
      provide: Beats,
      useFactory: (facts: PublishFacts, weLooked: WeLooked) => new Beats({ state, vanished, facts, digests, weLooked, measures, logger }),
      inject: [PublishFacts, WeLooked],
    },
  ];
}
