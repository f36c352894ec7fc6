import { createServer } from 'node:net';
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

  it('are refused when somebody holds one: which, for what, and what to do', async () => {
    // Below the range from which the system gives out ports to clients.
    const ports = portsFrom(12_000 + 15 * Math.floor(Math.random() * 500));
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(ports.kafka, '127.0.0.1', resolve));
    await expect(refuseBusyPorts(ports)).rejects.toThrow(
      `Port ${ports.kafka} (for Kafka) is taken by another program. Stop it, or start on other ports: npm start -- --port-base ${ports.front + 100}`,
    );
    await new Promise((resolve) => server.close(resolve));
    await expect(refuseBusyPorts(ports)).resolves.toBeUndefined();
  });
});
