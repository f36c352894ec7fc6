import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { settings } from '#lib/runtime';
import { eventually } from '../../test/support/eventually.js';
import { portsFrom, refuseBusyPorts } from './ports.js';

describe('The ports of the stack', () => {
  it('are counted from the base', () => {
    expect(portsFrom(7500)).toMatchObject({
      front: 7500,
      query: 7507,
      ingest: 7501,
      upkeep: 7504,
      seal: 7505,
      postgres: 7510,
      kafka: 7511,
      registryManagement: 7514,
    });
  });

  it('are where apps and the publishing command look when nobody tells them', () => {
    const ports = portsFrom(7400);
    const help = execFileSync(process.execPath, ['dist/libs/publisher/src/cli.js', '--help'], { encoding: 'utf8' });
    expect(help).toContain(`(INGEST_URL, else http://127.0.0.1:${ports.ingest})`);
    expect(help).toContain(`(OIDC_ISSUER, else http://127.0.0.1:${ports.directory})`);
    expect(settings.oidcIssuer.development).toBe(`http://127.0.0.1:${ports.directory}`);
    expect(settings.kafka.kafkaBrokers.development).toBe(`127.0.0.1:${ports.kafka}`);
    expect(settings.registryUrl.development).toContain(`127.0.0.1:${ports.registry}/`);
    expect(settings.readModelUrl.development).toContain(`127.0.0.1:${ports.postgres}/`);
  });

  it('are refused when somebody holds one: which, for what, and what to do', async () => {
    const ports = await eventually('free ports were found', freePorts);
    const server = createServer();
    await once(server.listen(ports.kafka, '127.0.0.1'), 'listening');
    await expect(refuseBusyPorts(ports)).rejects.toThrow(
      `Port ${ports.kafka} (for Kafka) is taken by another program. Stop it, or start on other ports: npm start -- --port-base ${ports.front + 100}`,
    );
    await new Promise((resolve) => server.close(resolve));
    await expect(refuseBusyPorts(ports)).resolves.toBeUndefined();
  });
});

/** Below the range from which the system gives out ports to clients; another stack may have some of them. */
async function freePorts() {
  const ports = portsFrom(12_000 + 16 * Math.floor(Math.random() * 500));
  await refuseBusyPorts(ports);
  return ports;
}
