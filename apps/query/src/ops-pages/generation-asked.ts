import { NotFoundException } from '@nestjs/common';
import { allGenerations, type ListedGeneration, whyUnproven } from '#lib/read-model';
import type { Asker } from '../sign-in/reader.js';
import type { Operate } from './operate.js';
import { type Comparison, lastComparisons } from './read-comparisons.js';

interface AskedGeneration {
  generation: ListedGeneration;
  live: ListedGeneration;
  compared: Comparison | undefined;
  /** Why it is not known to be the same as the live one; undefined: it is. */
  unproven: string | undefined;
}

/** A generation an address names, with the live one and how the two last compared. Throws `NotFoundException` where there is none. */
export async function generationAsked(operate: Operate, asker: Asker, o: { page: string; id: string }): Promise<AskedGeneration> {
  const { generations, comparisons, unproven } = await operate.look(asker, o.page, async (sight) => ({
    generations: await allGenerations(sight),
    comparisons: await lastComparisons(sight),
    unproven: (await whyUnproven(sight, sight.live.id, numberIn(o.id)))?.message,
  }));
  const generation = generations.find(({ id }) => String(id) === o.id);
  if (generation === undefined) throw new NotFoundException();
  const live = generations.find(({ state }) => state === 'live')!;
  return { generation, live, compared: comparisons.find(({ beside }) => beside === generation.id), unproven };
}

/** The number an address names. Throws `NotFoundException` where it can't be one. */
export function numberIn(id: string): number {
  if (!/^[1-9]\d{0,8}$/.test(id)) throw new NotFoundException();
  return Number(id);
}
