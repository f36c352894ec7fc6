import { setTimeout as pause } from 'node:timers/promises';
import { SwitchRefusedError } from '#lib/read-model';

/** So long a generation that has just become ready may wait for a projector to take it up, milliseconds. */
const WITHIN_MS = 20_000;

/** Tries again while a switch is refused only because no projector keeps the generation up yet. */
export async function onceKeptUp<Result>(act: () => Promise<Result>): Promise<Result> {
  for (const from = Date.now(); ; await pause(500))
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof SwitchRefusedError) || error.code !== 'not-kept-up' || Date.now() - from > WITHIN_MS) throw error;
    }
}
