import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** `asked`: from the client to the server. `answered`: back. */
type Direction = 'asked' | 'answered';

/** A network between a client and a server that can fail in the ways networks do. */
export class TcpProxy {
  /** Bytes that wait, each way, while they are held. */
  readonly waiting = { asked: 0, answered: 0 };
  private readonly sockets = new Set<Socket>();
  private readonly held: Record<Direction, Promise<void> | undefined> = { asked: undefined, answered: undefined };
  private letGo = (): void => undefined;
  private readonly forgotten = new WeakSet<Socket>();
  private refusing = false;
  private slice: { bytes: number; everyMs: number } | undefined;
  private latencyMs = 0;

  private constructor(
    private readonly target: { host: string; port: number },
    private readonly server: Server,
  ) {
    server.on('connection', (near) => this.connected(near));
  }

  /** @param o.port to listen on; any free one unless said */
  static async open(o: { host?: string; targetPort: number; port?: number }): Promise<TcpProxy> {
    const server = createServer({ allowHalfOpen: true }).listen(o.port ?? 0, '127.0.0.1');
    await once(server, 'listening');
    return new TcpProxy({ host: o.host ?? '127.0.0.1', port: o.targetPort }, server);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Everything passes again, also what was held. */
  pass(): void {
    this.refusing = false;
    this.slice = undefined;
    this.latencyMs = 0;
    this.held.asked = undefined;
    this.held.answered = undefined;
    this.letGo();
  }

  /** Every connection ends, and every new one at once. */
  cut(): void {
    this.refusing = true;
    for (const socket of this.sockets) socket.destroy();
  }

  /** Every connection is reset (RST), as by a firewall that was restarted; new ones pass. */
  reset(): void {
    for (const socket of this.sockets) socket.resetAndDestroy();
  }

  /** As a firewall that lost its memory: nothing of the connections there are comes through any more, for good, and nobody is told. */
  forget(): void {
    for (const socket of this.sockets) this.forgotten.add(socket);
  }

  /** Half-open: connections stay, and nothing comes through that way (both unless said). What is sent meanwhile waits. */
  hold(...ways: Direction[]): void {
    const until = new Promise<void>((resolve) => (this.letGo = resolve));
    for (const way of ways.length === 0 ? (['asked', 'answered'] as const) : ways) this.held[way] = until;
  }

  /** A few bytes at a time, with pauses between them. */
  slices(bytes: number, everyMs: number): void {
    this.slice = { bytes, everyMs };
  }

  /** Everything comes later by so many milliseconds each way. */
  delay(milliseconds: number): void {
    this.latencyMs = milliseconds;
  }

  async close(): Promise<void> {
    this.cut();
    this.pass();
    this.server.close();
    await once(this.server, 'close');
  }

  private connected(near: Socket): void {
    if (this.refusing) return void near.resetAndDestroy();
    const far = connect({ ...this.target, allowHalfOpen: true });
    for (const socket of [near, far]) {
      this.sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.once('close', () => {
        this.sockets.delete(socket);
        for (const other of [near, far]) other.destroy();
      });
    }
    void this.carry(near, far, 'asked');
    void this.carry(far, near, 'answered');
  }

  private async carry(from: Socket, to: Socket, way: Direction): Promise<void> {
    try {
      for await (const chunk of from) {
        if (this.forgotten.has(from)) continue;
        const bytes = chunk as Buffer;
        this.waiting[way] += bytes.length;
        while (this.held[way]) await this.held[way];
        if (this.latencyMs > 0) await pause(this.latencyMs);
        this.waiting[way] -= bytes.length;
        if (this.slice) await this.sliced(to, bytes);
        else await written(to, bytes);
      }
      to.end();
    } catch {
      to.destroy();
    }
  }

  private async sliced(to: Socket, bytes: Buffer): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      const { bytes: size, everyMs } = this.slice ?? { bytes: bytes.length, everyMs: 0 };
      await written(to, bytes.subarray(at, at + size));
      at += size;
      await pause(everyMs);
    }
  }
}

async function written(to: Socket, bytes: Buffer): Promise<void> {
  if (to.destroyed) throw new Error('the other side is gone');
  if (!to.write(bytes)) await Promise.race([once(to, 'drain'), once(to, 'close')]);
}
