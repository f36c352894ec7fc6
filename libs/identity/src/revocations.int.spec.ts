import { Pool } from 'pg';
import { freshDatabase } from '../../../test/support/fresh.js';
import { migrateSessions } from './migrate-sessions.js';
import { EVERYBODY, revoke, Revocations } from './revocations.js';

it('What was given until the instant of taking it back holds no more, from one or from everybody; what is given after that does', async () => {
  const url = await freshDatabase('sessions');
  await migrateSessions(url);
  const pool = new Pool({ connectionString: url });
  await revoke(pool, 'mosaic', 2_000);
  // Taken back once more from an earlier time on, the later one stands.
  await revoke(pool, 'mosaic', 1_000);
  const revocations = await Revocations.open(url);
  const holds = (issuedAt: number, ...names: string[]) => {
    try {
      revocations.check(issuedAt, ...names);
      return true;
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  expect([holds(2_000, 'mosaic'), holds(2_001, 'mosaic'), holds(2_000, 'niche')]).toEqual(['revoked', true, true]);
  expect(holds(2_000, 'niche', 'mosaic')).toBe('revoked');
  await revoke(pool, EVERYBODY, 3_000);
  await revocations.read();
  expect([holds(3_000, 'niche'), holds(3_001, 'niche'), holds(3_001, 'mosaic')]).toEqual(['revoked', true, true]);
  await revocations.close();
  await pool.end();
});

it('A name is one name whatever its capitals, of who is told and of who asks, and of what was kept before that was so', async () => {
  const url = await freshDatabase('sessions');
  await migrateSessions(url);
  const pool = new Pool({ connectionString: url });
  await revoke(pool, 'mosaiccms', 2_000);
  await revoke(pool, ' Niche ', 2_000);
  await pool.query(`INSERT INTO session.revoked (who, revoked_at) VALUES ('LiquidLogic', 3000), ('liquidlogic', 1000)`);
  const revocations = await Revocations.open(url);
  for (const name of ['MosaicCMS', 'mosaiccms', 'niche', 'LIQUIDLOGIC'])
    expect(() => revocations.check(2_000, name)).toThrow(expect.objectContaining({ code: 'revoked' }));
  expect(() => revocations.check(2_001, 'MosaicCMS')).not.toThrow();
  await revocations.close();
  await pool.end();
});
