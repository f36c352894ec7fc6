import { eventually } from './eventually.js';

describe('Waiting for something to happen', () => {
  it('ends as soon as it is there, and hands it back', async () => {
    let looks = 0;
    await expect(eventually('the third look', async () => (++looks === 3 ? 'seen' : undefined))).resolves.toBe('seen');
    expect(looks).toBe(3);
  });

  it('takes the empty text as something seen, and no count: none of something may be "not yet"', async () => {
    // @ts-expect-error a test once waited for a row by its `rowCount`, and went on without it
    await eventually('a count', async () => 1);
    await expect(eventually('a text', async () => '')).resolves.toBe('');
  });

  it('says what did not happen, how long it waited and the last failure', async () => {
    const look = async (): Promise<string> => {
      throw new Error('connection refused');
    };
    await expect(eventually('the page of Thomas', look, { within: 15 })).rejects.toThrow(
      'the page of Thomas did not happen within 60 ms: connection refused',
    );
  });

  it('forgets an earlier failure once the look works', async () => {
    let looks = 0;
    const look = async (): Promise<false> => {
      if (++looks === 1) throw new Error('connection refused');
      return false;
    };
    await expect(eventually('an answer', look, { within: 15 })).rejects.toThrow(/within 60 ms$/);
  });
});
