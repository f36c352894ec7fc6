import { trainTable } from '#lib/matching';
import { measureSet, type PublicSet, rowsOf, settingsOf } from '../matching/public-data.js';
import { measureTown } from '../matching/measure-town.js';
import type { TownFigures } from '../matching/town-figures.js';
import { type Result, whole } from './result.js';

const TARGETS: Record<PublicSet, { f1: number; recallWithoutFalse?: number }> = {
  febrl3: { f1: 0.996, recallWithoutFalse: 0.984 },
  fake_1000: { f1: 0.935 },
};

/** Families of the town, about 10,000 people. */
const FAMILIES = 3000;

/** Trains on the rows of each public set alone, and then looks at who they are. */
export function measureWhoIsOnePerson(): Result[] {
  const ofPublicData = (Object.keys(TARGETS) as PublicSet[]).flatMap((set) => {
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
  return [...ofPublicData, ...ofTown()];
}

function ofTown(): Result[] {
  const { all, baseline, learnt, groups } = measureTown('matching-town', FAMILIES);
  const line = (what: string, value: number, digits: number, target: string, met?: boolean): Result => ({
    measure: 'matching',
    what: `town of ${whole(all.people)} people: ${what}`,
    result: value.toFixed(digits),
    target,
    met,
    numbers: { [what]: value },
  });
  return [
    line('of pairs joined, those of one person', all.precision, 4, '≥ 0.9995', all.precision >= 0.9995),
    line('twins joined', all.twinsJoined, 0, '0', all.twinsJoined === 0),
    line('of true pairs, joined', all.recall, 3, ''),
    line('of true pairs, joined or for a steward', all.recallWithReview, 3, '≥ 0.95', all.recallWithReview >= 0.95),
    line('reviews for 100 people', all.reviewsPer100, 1, '≤ 2', all.reviewsPer100 <= 2),
    line('questions answered until none is left, for 100 people', all.questionsPer100, 1, ''),
    line('NHS cross-check beside it, of pairs joined, those of one person', baseline.precision, 4, ''),
    line('NHS cross-check beside it, of true pairs, joined', baseline.recall, 3, ''),
    inAll('weights learnt from its records alone', learnt),
    ...[...groups].map(([group, figures]) => inAll(`${group}, ${whole(figures.people)} people`, figures)),
  ];
}

function inAll(what: string, { people, precision, recall, recallWithReview, reviewsPer100 }: TownFigures): Result {
  return {
    measure: 'matching',
    what: `town: ${what}`,
    result: `precision ${precision.toFixed(4)}, joined ${recall.toFixed(3)}, or for a steward ${recallWithReview.toFixed(3)}, reviews ${reviewsPer100.toFixed(1)}`,
    target: '',
    numbers: { people, precision, recall, recallWithReview, reviewsPer100 },
  };
}
