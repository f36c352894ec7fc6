import { outcomeWords, wasKept } from './outcome-words.js';

const panel = (state: string | null, outcome: 'done' | 'nothing-found' = 'nothing-found') =>
  outcomeWords({ action: 'opened-panel', outcome, shown: { service: 'police', state }, reasonFollowed: null });

describe('How a look ended', () => {
  it.each([
    ['not-checked', 'Not checked, so nothing was said either way'],
    ['nothing-found', 'Checked, nothing found'],
    ['records-held', 'It said “records held”, and no more'],
    [null, 'Nothing found'],
  ])('says of a panel without an involvement what it said: %s reads %s', (state, words) => {
    expect(panel(state)).toBe(words);
  });

  it('is plain where the panel showed something', () => {
    expect(panel('involved-now', 'done')).toBe('Done');
  });

  it.each([
    [null, 'Refused, nothing shown', true],
    [true, 'A reason was asked first, and was given', false],
    [false, 'A reason was asked, and none was given within the hour; nothing shown', false],
  ])('is a refusal only where no reason was asked: %j reads %s', (reasonFollowed, words, kept) => {
    const entry = { action: 'viewed-person', outcome: 'denied', shown: null, reasonFollowed } as const;
    expect([outcomeWords(entry), wasKept(entry)]).toEqual([words, kept]);
  });
});
