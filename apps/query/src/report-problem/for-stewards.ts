/** What was to be reported is no source's to answer: which records are of one person is decided by data stewards. */
export interface ForStewards {
  forStewards: true;
}

export const isForStewards = (result: object): result is ForStewards => 'forStewards' in result;
