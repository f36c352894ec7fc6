/** Where a partition of the records into people is kept, with the pairs it comes from; details and rulings are the same for all. */
export interface Tables {
  record: string;
  pair: string;
}

/** What is decided and sent. */
export const LIVE: Tables = { record: 'matcher.record', pair: 'matcher.pair' };
/** What another model would make of the same records. */
export const CANDIDATE: Tables = { record: 'matcher.candidate', pair: 'matcher.candidate_pair' };
