import { createServer } from 'node:net';
import { freePorts, portsFrom, refuseBusyPorts } from './ports.js';

describe('The ports of the stack', () => {
  it('are counted from the base', () => {
    expect(portsFrom(7500)).toMatchObject({ query: 7500, ingest: 7501, postgres: 7510, kafka: 7511, registryManagement: 7514 });
  });

  it('are refused when somebody holds one: which, for what, and what to do', async () => {
    const [base = 0] = await freePorts(1);
    const ports = portsFrom(Math.min(base, 60_000));
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(ports.kafka, '127.0.0.1', resolve));
    await expect(refuseBusyPorts(ports)).rejects.toThrow(
      `Port ${ports.kafka} (for Kafka) is taken by another program. Stop it, or start on other ports: npm start -- --port-base ${ports.query + 100}`,
    );
    await new Promise((resolve) => server.close(resolve));
    await expect(refuseBusyPorts(ports)).resolves.toBeUndefined();
  });
});
