import type { MatcherByHand } from './matcher-by-hand.js';
import type { QueryApp } from './query-app.js';
import { address, born, name } from './stored-people.js';

/** Addresses of pairs of records: one that waits, one that stewards disagree on, and one that is decided. */
export interface MatchesStored {
  match: string;
  disagreed: string;
  matched: string;
}

/** Records that wait for a steward, with everything that a page about two of them can show. */
export async function storeMatches(app: QueryApp, matcher: MatcherByHand): Promise<MatchesStored> {
  const says = async (path: string, reader: string, fields: Record<string, string>) =>
    app.sendForm(path, { ...fields, step: 'decide' }, reader);
  const waits = async (given: string, source: string) => {
    const [one, other] = [
      await app.people.record({
        names: [name('Quennell', given), { ...name('Quick', given), kind: 'former' as const }],
        dateOfBirth: born('1984-04-11'),
        addresses: [address('7 Quoin Street', 'NB4 2QT', { from: '2019-05-01' }), address('1 Quay', 'NB1 7AH', { kind: 'previous' })],
        identifiers: [{ type: 'nhs', value: '9434765919' }],
        flags: ['date-of-birth-estimated'],
      }),
      await app.people.record({ source, names: [name('Quennell', given)], dateOfBirth: born('1984', 'year'), deceasedOn: '2026-02-03' }),
    ];
    return (await matcher.waits(one, other)).path;
  };
  const [match, disagreed, matched] = [await waits('Ivy', 'niche'), await waits('May', 'synergy'), await waits('Ida', 'synergy')];
  await app.people.pool.query(
    `INSERT INTO decided.opinion (id, one, other, steward, answer, reason)
     SELECT gen_random_uuid(), $1, $2, steward, answer, 'source-confirmed' FROM (VALUES ('tom.ellery', 'same'), ('wen.zhao', 'different')) said (steward, answer)`,
    disagreed.split('/').slice(2),
  );
  await says(matched, 'grace.holt', { answer: 'same', reason: 'details-agree', words: 'The school rang' });
  // One pair in ten takes two stewards; of the others a second answer is refused.
  await says(matched, 'tom.ellery', { answer: 'same', reason: 'details-agree' });
  return { match, disagreed, matched };
}
