import { createServer, type Server } from 'node:net';
import { SaidPlainly } from '../said-plainly.js';

/** What listens where, counted from the port base. Each has a name people know it by. */
const PLAN = {
  front: { offset: 0, label: 'the search page' },
  ingest: { offset: 1, label: 'ingest' },
  projector: { offset: 2, label: 'the projector' },
  matcher: { offset: 3, label: 'the matcher' },
  upkeep: { offset: 4, label: 'upkeep' },
  seal: { offset: 5, label: 'sealing the audit' },
  directory: { offset: 6, label: 'the directory' },
  query: { offset: 7, label: 'the query service' },
  postgres: { offset: 10, label: 'PostgreSQL' },
  kafka: { offset: 11, label: 'Kafka' },
  kafkaController: { offset: 12, label: "Kafka's controller" },
  registry: { offset: 13, label: 'the schema registry' },
  registryManagement: { offset: 14, label: "the registry's management" },
  connect: { offset: 15, label: 'Kafka Connect' },
} as const;

export type PortName = keyof typeof PLAN;
export type Ports = Record<PortName, number>;

export function portsFrom(base: number): Ports {
  return Object.fromEntries(Object.entries(PLAN).map(([name, { offset }]) => [name, base + offset])) as Ports;
}

/** @throws SaidPlainly naming every port of ours that somebody else holds */
export async function refuseBusyPorts(ports: Ports): Promise<void> {
  const names = Object.keys(ports) as PortName[];
  const free = await Promise.all(names.map((name) => isFree(ports[name])));
  const busy = names.filter((_, i) => !free[i]).map((name) => `${ports[name]} (for ${PLAN[name].label})`);
  if (busy.length === 0) return;
  const [verb, whose] = busy.length === 1 ? ['Port', 'is'] : ['Ports', 'are'];
  throw new SaidPlainly(
    `${verb} ${busy.join(', ')} ${whose} taken by another program. Stop it, or start on other ports: npm start -- --port-base ${ports.front + 100}`,
  );
}

/** Ports nobody listens on right now, below the range from which systems give out ports to clients. */
export async function freePorts(count: number): Promise<number[]> {
  const found = new Set<number>();
  while (found.size < count) {
    const port = 10_000 + Math.floor(Math.random() * 20_000);
    if (await isFree(port)) found.add(port);
  }
  return [...found];
}

async function isFree(port: number): Promise<boolean> {
  try {
    await close(await listening(port));
    return true;
  } catch {
    return false;
  }
}

function listening(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
