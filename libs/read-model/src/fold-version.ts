/** Changes whenever the same log would fold to other rows: a projection, a table or the normalisation of names has changed. */
export const FOLD_VERSION = 4;

/** What each version makes of a fixed log, as a digest: apps/projector/src/fold-version.spec.ts holds the code to it. */
export const FOLDED_AS: Readonly<Record<number, string>> = {
  1: 'f07e59f88a1d8b76',
  2: '677a8aaeffb78adc',
  3: '89e9fea2bf4b1662',
  4: '5be87b144e6a0c05',
};
