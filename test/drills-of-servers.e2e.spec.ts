import { join } from 'node:path';
import { brokerEnds } from './drills/broker-ends.js';
import { databaseEnds } from './drills/database-ends.js';
import { OwnServers } from './drills/harness/own-servers.js';
import { runDrill } from './drills/harness/run-drill.js';
import { ADDRESSES_VARIABLE } from './support/stack.js';

const seed = process.env.DRILL_SEED ?? 'npm test';
let servers: OwnServers;
beforeAll(async () => {
  servers = await OwnServers.start(join('.cache', `drills-${process.pid}`));
  process.env[ADDRESSES_VARIABLE] = JSON.stringify(servers.addresses);
});
afterAll(() => servers.stop());

describe('The read model is the fold of the log, and nothing is lost or applied twice, after', () => {
  it.each([brokerEnds, databaseEnds])('$what', async (drill) =>
    expect(await runDrill(drill, { seed, short: true, servers })).toMatchObject({ problems: [] }),
  );
});
