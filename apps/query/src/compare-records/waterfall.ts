import type { ComparedPair } from '#lib/matching';

const MILLI = 1_000;
/** Of the picture, in its own units: as wide as a column of text, and narrow enough to be read at 200 %. */
const [WIDTH, LABELS, VALUES, ROW, HEAD] = [640, 190, 50, 28, 30] as const;

/** One step from what chance alone says to what all comparisons come to. Weights in bits. */
export interface Step {
  label: string;
  weight: number;
  /** The sum from here on. */
  sum: number;
  /** Of its bar in the picture. */
  x: number;
  y: number;
  width: number;
  speaks: 'for' | 'against' | 'neither';
}

/** The score of a pair as a picture of falling and rising bars, with the same in words for a table. */
export interface Waterfall {
  steps: Step[];
  total: number;
  /** What a steward, and what a join, asks for, and where they stand in the picture. */
  thresholds: { label: string; bits: number; x: number }[];
  width: number;
  height: number;
  row: number;
  /** Where a label ends and the bars begin. */
  labels: number;
}

const WHAT: Record<ComparedPair['parts'][number]['comparison'], string> = {
  family_name: 'Family name',
  given_name: 'Given name',
  date_of_birth: 'Date of birth',
  postcode: 'Postcode',
  uprn: 'Property',
  nhs_number: 'NHS number',
  upn: 'Pupil number',
  gender: 'Gender',
};

/** @param pair its weights in milli-bits; what can't be compared weighs nothing and has no step */
export function waterfallOf({ weight, parts, thresholds }: ComparedPair): Waterfall {
  const prior = weight - parts.reduce((sum, part) => sum + part.weight, 0);
  const weighed = [
    { label: 'Any two records', weight: prior },
    ...parts.filter(({ level }) => level !== 'missing').map((part) => ({ label: WHAT[part.comparison], weight: part.weight })),
  ];
  const sums = weighed.map((_, at) => weighed.slice(0, at + 1).reduce((sum, one) => sum + one.weight, 0));
  const marks = [0, ...sums, thresholds.review, thresholds.join];
  const [least, most] = [Math.min(...marks), Math.max(...marks)];
  const room = WIDTH - LABELS - VALUES;
  const xOf = (value: number) => Math.round(LABELS + ((value - least) / (most - least || 1)) * room);
  const steps = weighed.map(({ label, weight: own }, at): Step => {
    const [from, to] = [xOf(sums[at]! - own), xOf(sums[at]!)];
    return {
      label,
      weight: own / MILLI,
      sum: sums[at]! / MILLI,
      x: Math.min(from, to),
      y: HEAD + at * ROW,
      width: Math.max(2, Math.abs(to - from)),
      speaks: own > 0 ? 'for' : own < 0 ? 'against' : 'neither',
    };
  });
  return {
    steps,
    total: weight / MILLI,
    thresholds: [
      { label: 'review', bits: thresholds.review / MILLI, x: xOf(thresholds.review) },
      { label: 'join', bits: thresholds.join / MILLI, x: xOf(thresholds.join) },
    ],
    width: WIDTH,
    height: HEAD + steps.length * ROW + 6,
    row: ROW,
    labels: LABELS,
  };
}

/** "+4.5", "−2.0": with a sign that a screen reader says. */
export const bitsWords = (bits: number): string => {
  const words = Math.abs(bits).toFixed(1);
  return words === '0.0' ? '0.0' : `${bits > 0 ? '+' : '−'}${words}`;
};
