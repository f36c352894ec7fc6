import { Operator } from '../../../../test/support/operator.js';
import { dayWords, londonDay } from '../day-words.js';

let ola: Operator;
beforeAll(async () => {
  ola = await Operator.open();
});
afterAll(() => ola?.close());
afterEach(() => ola.stored.clear());

const daysAgo = (days: number) => londonDay(Date.now() - days * 86_400_000);
const FIGURES = { received: 10, applied: 5, superseded: 2, erased: 1, parked: 1, discarded: 1 };

describe('The balance', () => {
  it('says so where nothing was received', async () => {
    const text = await ola.read('/operations/balance');
    expect(text).toContain('Nothing was received in the last 7 days.');
    expect(text).toContain('✓ Every source and day balances.');
  });

  it('is shown by source and day, with what was rejected at the door', async () => {
    await ola.stored.tally('mosaic', daysAgo(0), FIGURES);
    await ola.stored.pool.query(
      `INSERT INTO control.rejected (source, day, code, events) VALUES ('mosaic', $1, 'wrong', 3), ('mosaic', $1, 'late', 1), ('cis', $1, 'wrong', 2)`,
      [daysAgo(0)],
    );
    await ola.stored.parked();
    await ola.stored.checkpoint(10);
    const text = await ola.read('/operations/balance');
    expect(text).toContain(`${dayWords(daysAgo(0))} Source Received Applied`);
    expect(text).toContain('Mosaic Received 14 Applied 5 Superseded 2 Erased 1 Parked 1 Discarded 1 Rejected 4 Balance ✓ balances');
    expect(text).toContain('CIS Received 2 Applied 0 Superseded 0 Erased 0 Parked 0 Discarded 0 Rejected 2 Balance ✓ balances');
    expect(text).toContain('✓ All 10 events that the checkpoints have passed are counted as received. ✓ 1 event parked, as counted.');
  });

  it('says in words how much is missing, or too many', async () => {
    await ola.stored.tally('mosaic', daysAgo(0), { ...FIGURES, applied: 3 });
    await ola.stored.tally('cis', daysAgo(0), { ...FIGURES, superseded: 3 });
    const text = await ola.read('/operations/balance');
    expect(text).toContain('✗ 2 lines of the table do not balance.');
    expect(text).toMatch(/Mosaic Received 10 .* Balance ✗ 2 events missing/);
    expect(text).toMatch(/CIS Received 10 .*? Balance ✗ 1 event too many/);
    expect(text).toContain('✗ The checkpoint of involvement-log/0 has passed 0 events; 20 are counted as received.');
    expect(text).toContain('✗ 0 events of involvement-log/0 parked; 2 are counted.');
  });

  it('is told partition by partition: one too many in one does not make good what another is short of', async () => {
    await ola.stored.tally('mosaic', daysAgo(0), { received: 10, applied: 10 });
    await ola.stored.tally('mosaic', daysAgo(0), { received: 10, applied: 10 }, 1);
    await ola.stored.checkpoint(11);
    await ola.stored.checkpoint(9, 1);
    const text = await ola.read('/operations/balance');
    expect(text).toContain('✓ Every source and day balances.');
    expect(text).toContain('✗ The checkpoint of involvement-log/0 has passed 11 events; 10 are counted as received.');
    expect(text).toContain('✗ The checkpoint of involvement-log/1 has passed 9 events; 10 are counted as received.');
  });

  it('does not say that every day balances where one before those shown does not', async () => {
    await ola.stored.tally('mosaic', daysAgo(40), { received: 10, applied: 9 });
    await ola.stored.checkpoint(10);
    const text = await ola.read('/operations/balance?days=30');
    expect(text).toContain('✗ Days that are not shown do not balance.');
  });

  it('goes back seven days, or thirty where that is asked', async () => {
    await ola.stored.tally('mosaic', daysAgo(6), FIGURES);
    await ola.stored.tally('cis', daysAgo(7), FIGURES);
    await ola.stored.tally('niche', daysAgo(30), FIGURES);
    const week = await ola.read('/operations/balance');
    expect([week.includes('Mosaic'), week.includes('CIS')]).toEqual([true, false]);
    const month = await ola.read('/operations/balance?days=30');
    expect([month.includes('CIS'), month.includes('Niche')]).toEqual([true, false]);
    expect((await ola.read('/operations/balance?days=1;DROP')).includes('CIS')).toBe(false);
  });
});
