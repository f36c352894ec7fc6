import type { ListedGeneration } from '#lib/read-model';

export const GENERATION_STATES: Record<ListedGeneration['state'], string> = {
  building: 'Being built',
  ready: 'Ready, keeps up',
  live: 'Live',
  retired: 'Was live, keeps up',
  dropped: 'Dropped',
};

const STAGES: Record<ListedGeneration['stage'], string> = {
  waiting: 'Waiting for a builder',
  bulk: 'Folding what was in the logs when it began',
  indexes: 'Making its indexes',
  'catching-up': 'Catching up with what has come since',
  built: 'Built',
};

/** A build as operators follow it. */
export interface BuildProgress {
  stageWords: string;
  /** Whole percent of the events there were at its start; null: not begun. */
  percent: number | null;
  done: number;
  total: number | null;
  perSecond: number;
  /** Milliseconds at the present rate; null: it stands still, or is past them. */
  left: number | null;
}

export function buildProgress({ stage, wanted, failure, eventsDone, eventsTotal, perSecond }: ListedGeneration): BuildProgress {
  const rate = Math.round(perSecond ?? 0);
  const still = failure !== null || wanted !== 'run';
  const missing = Math.max(0, (eventsTotal ?? 0) - eventsDone);
  return {
    stageWords: failure === null ? stageWords(stage, wanted) : `Halted: ${failure}`,
    percent: eventsTotal === null ? null : percentOf(eventsDone, eventsTotal),
    done: eventsDone,
    total: eventsTotal,
    perSecond: still ? 0 : rate,
    left: still || rate === 0 || missing === 0 ? null : (missing / rate) * 1_000,
  };
}

/** 100 only once everything is done. */
const percentOf = (done: number, total: number) => (done >= total ? 100 : Math.min(99, Math.floor((done / total) * 100)));

function stageWords(stage: ListedGeneration['stage'], wanted: ListedGeneration['wanted']): string {
  if (wanted === 'cancel') return 'Being cancelled';
  return wanted === 'pause' ? `Paused while: ${STAGES[stage].toLocaleLowerCase('en-GB')}` : STAGES[stage];
}
