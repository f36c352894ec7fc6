import { personRetired } from './person-retired.js';

describe('PersonRetired', () => {
  it('sends whoever asks for the old id to the new one, by the number of the decision', () => {
    expect(personRetired({ type: 'PersonRetired', decision: 12, person: 'old', into: 'new' })).toMatchObject([
      { key: { person: 'old' }, register: 'redirect', position: 12, values: { into_person: 'new' } },
    ]);
  });
});
