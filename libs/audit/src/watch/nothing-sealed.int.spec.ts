/** A log of which nothing was sealed when it was first checked is not left alone until the next round. */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../../../test/support/eventually.js';
import { freshDatabase } from '../../../../test/support/fresh.js';
import { AuditLog } from '../audit-log.js';
import { migrateAudit } from '../migrate-audit.js';
import { SigningKey } from '../notes/signing-key.js';
import { AuditReader } from '../read/audit-reader.js';
import { CheckpointPlace } from '../seal/checkpoint-place.js';
import { Sealer } from '../seal/sealer.js';
import { readLogState } from './log-state.js';
import { LogWatch } from './log-watch.js';

const [SOON, EVERY] = [10_000, 300_000];

it('what is sealed soon after is checked soon after, and only then at the usual pace', async () => {
  const url = await freshDatabase('audit');
  await migrateAudit(url);
  const folder = await mkdtemp(join(tmpdir(), 'checkpoints-'));
  const key = new SigningKey('test.example/audit', randomBytes(32));
  let now = Date.now();
  const watch = await LogWatch.open({ url, key: key.public, folder, every: EVERY, now: () => now });
  const reader = new AuditReader({ url });
  /** When the newest entries, and when all of them, were last checked, and how many those were. */
  const checked = async () => {
    for (let turn = await watch!.turn(); turn.underWay;) turn = await watch!.turn();
    const { newestAt, wholeAt, wholeEntries } = await reader.read(readLogState);
    return [newestAt, wholeAt, wholeEntries];
  };
  try {
    const started = now;
    expect(await checked()).toEqual([started, started, 0]);

    const log = await AuditLog.open({ url });
    await log.record([{ at: 1, action: 'viewed-person', outcome: 'done', requestId: randomUUID() }]);
    await log.close();
    const sealer = await Sealer.open({ url, key, place: await CheckpointPlace.open(folder) });
    await eventually('one sealed', async () => (await sealer.turn()).size === 1);
    await sealer.close();
    now += SOON;
    const soon = now;
    expect(await checked()).toEqual([soon, soon, 1]);

    now += SOON;
    expect(await checked()).toEqual([soon, soon, 1]);
  } finally {
    await watch!.close();
    await reader.close();
    await rm(folder, { recursive: true });
  }
});
