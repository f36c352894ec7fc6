import { askRequest, openReadModel, requestOf } from '#lib/read-model';
import { appEnv } from '../../../../test/support/app-env.js';
import { eventually } from '../../../../test/support/eventually.js';
import { startUpkeep } from '../../../../test/support/projectors.js';
import { TcpProxy } from '../../../../test/support/tcp-proxy.js';

test('A network that forgot the connections to the read model keeps upkeep for less than a minute', async () => {
  const env = await appEnv({ LOG_LEVEL: 'silent' });
  const readModel = new URL(env.READ_MODEL_URL!);
  const network = await TcpProxy.open({ targetPort: Number(readModel.port) });
  const through = new URL(readModel);
  through.host = `127.0.0.1:${network.port}`;
  const upkeep = await startUpkeep({ ...env, READ_MODEL_URL: through.href });
  const pool = openReadModel(env.READ_MODEL_URL!);
  const ask = () => askRequest(pool, { verb: 'discard', arguments: {}, askedBy: 'test', reason: 'test' });
  const done = (id: string, within: number) =>
    eventually('it being done', async () => (await requestOf(pool, id))?.state === 'done', { within });
  try {
    await done(await ask(), 20_000);
    network.forget();
    await done(await ask(), 60_000);
  } finally {
    await upkeep.stop();
    await pool.end();
    await network.close();
  }
});
