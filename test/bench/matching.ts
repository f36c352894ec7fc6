import { trainTable } from '#lib/matching';
import { measureSet, type PublicSet, rowsOf, settingsOf } from '../matching/public-data.js';
import type { Result } from './result.js';

const TARGETS: Record<PublicSet, { f1: number; recallWithoutFalse?: number }> = {
  febrl3: { f1: 0.996, recallWithoutFalse: 0.984 },
  fake_1000: { f1: 0.935 },
};

/** Trains on the rows of each public set alone, and then looks at who they are. */
export function measureMatching(): Result[] {
  return (Object.keys(TARGETS) as PublicSet[]).flatMap((set) => {
    const rows = rowsOf(set);
    const from = performance.now();
    const trained = trainTable(rows, settingsOf(set));
    const seconds = (performance.now() - from) / 1000;
    const { f1, precision, recall, recallWithoutFalse } = measureSet(set, rows, trained);
    const targets = TARGETS[set];
    const lines: Result[] = [
      {
        measure: 'matching',
        what: `${set}: pairs at even odds, trained in ${seconds.toFixed(0)} s without labels`,
        result: `F1 ${f1.toFixed(4)} (precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)})`,
        target: `F1 ≥ ${targets.f1}`,
        met: f1 >= targets.f1,
        numbers: { f1, precision, recall, seconds },
      },
    ];
    const { recallWithoutFalse: asked } = targets;
    if (asked !== undefined)
      lines.push({
        measure: 'matching',
        what: `${set}: true pairs above every false one`,
        result: recallWithoutFalse.toFixed(4),
        target: `≥ ${asked}`,
        met: recallWithoutFalse >= asked,
        numbers: { recallWithoutFalse },
      });
    return lines;
  });
}
