import { Get, Query } from '@nestjs/common';
import { allGenerations, type ListedGeneration } from '#lib/read-model';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { buildProgress, GENERATION_STATES } from './generation-words.js';
import { Operate } from './operate.js';
import { type Comparison, lastBesideAnyLive } from './read-comparisons.js';
import { renderOperations } from './render-operations.js';
import { shareWords } from './request-words.js';

/** What has just been done, as the address says it: a closed list. */
const DONE: Record<string, string> = {
  build: 'A new generation is asked for.',
  pause: 'The build is being paused.',
  resume: 'The build goes on.',
  'slow-down': 'The build has its new limit.',
  cancel: 'The build is being cancelled.',
  switch: 'Readers see another generation from now on. The one before keeps up, and can be rolled back to at once.',
  drop: 'The generation is dropped.',
};

@PageController()
export class GenerationsPage {
  constructor(
    private readonly operate: Operate,
    private readonly pages: Pages,
  ) {}

  @Get('/operations/generations')
  @AsPage()
  async show(@CurrentAsker() asker: Asker, @Query('done') done: unknown): Promise<string> {
    const { now, generations, comparisons } = await this.operate.look(asker, 'generations', async (sight) => ({
      now: sight.now,
      generations: await allGenerations(sight),
      comparisons: await lastBesideAnyLive(sight),
    }));
    const building = generations.find(({ state }) => state === 'building');
    return renderOperations(
      this.pages,
      asker,
      'generations.njk',
      { title: 'Generations', section: 'generations' },
      {
        now,
        doneWords: typeof done === 'string' && Object.hasOwn(DONE, done) ? DONE[done] : null,
        generations: generations.toReversed().map((generation) => listed(generation, comparisons)),
        building: building ? { ...building, ...buildProgress(building) } : null,
      },
    );
  }
}

function listed(generation: ListedGeneration, comparisons: readonly Comparison[]) {
  const { id, state } = generation;
  const compared = comparisons.find(({ beside }) => beside === id);
  return {
    ...generation,
    stateWords: GENERATION_STATES[state],
    compared: compared ? { ...compared, shareWords: shareWords(compared.share) } : null,
    acts: ACTS[state] ?? [],
  };
}

const COMPARE = { way: 'compare', text: 'Compare' };
const DROP = { way: 'drop', text: 'Drop' };
const ACTS: Partial<Record<ListedGeneration['state'], { way: string; text: string }[]>> = {
  ready: [COMPARE, { way: 'switch', text: 'Switch to it' }, DROP],
  retired: [COMPARE, { way: 'switch', text: 'Roll back to it' }, DROP],
};
