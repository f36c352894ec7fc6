import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { eventually } from './eventually.js';
import { TcpProxy } from './tcp-proxy.js';

let echo: Server;
let proxy: TcpProxy;
let client: Client;
beforeEach(async () => {
  echo = createServer((socket) => socket.on('error', () => undefined).pipe(socket)).listen(0, '127.0.0.1');
  await once(echo, 'listening');
  proxy = await TcpProxy.open({ targetPort: (echo.address() as AddressInfo).port });
  client = await Client.dial();
});
afterEach(async () => {
  client.socket.destroy();
  await proxy.close();
  echo.close();
});

class Client {
  ended: string | undefined;
  readonly heard: Buffer[] = [];
  private constructor(readonly socket: Socket) {
    socket.on('data', (bytes) => this.heard.push(bytes));
    socket.on('error', (error: NodeJS.ErrnoException) => (this.ended = error.code)).on('close', () => (this.ended ??= 'closed'));
  }

  static async dial(): Promise<Client> {
    const client = new Client(connect(proxy.port, '127.0.0.1'));
    await Promise.race([once(client.socket, 'connect'), once(client.socket, 'close')]).catch(() => undefined);
    return client;
  }
}
const text = () => Buffer.concat(client.heard).toString();
const hears = (what: string) => eventually(`hearing ${what}`, async () => text() === what);

describe('A network that fails on purpose', () => {
  it('carries bytes both ways', async () => {
    client.socket.write('hello');
    await hears('hello');
  });

  it('cut, ends connections and refuses new ones, until it passes again', async () => {
    proxy.cut();
    await eventually('the end', async () => client.ended);
    client = await Client.dial();
    await eventually('the refusal', async () => client.ended);
    proxy.pass();
    client = await Client.dial();
    client.socket.write('again');
    await hears('again');
  });

  it('reset, ends connections with RST', async () => {
    client.socket.write('hello');
    await hears('hello');
    proxy.reset();
    expect(await eventually('the end', async () => client.ended)).toBe('ECONNRESET');
  });

  it('held, keeps connections and what is sent, and delivers it late', async () => {
    proxy.hold('asked');
    client.socket.write('late');
    await eventually('the bytes waiting', async () => proxy.waiting.asked === 4);
    expect(client.ended).toBeUndefined();
    proxy.pass();
    await hears('late');
    proxy.hold('answered');
    client.socket.write(' answer');
    await eventually('the answer waiting', async () => proxy.waiting.answered === 7);
    expect(text()).toBe('late');
    proxy.pass();
    await hears('late answer');
  });

  it('forgetting, lets connections stand and nothing of theirs through, while new ones are as they should be', async () => {
    client.socket.write('hello');
    await hears('hello');
    const before = client;
    proxy.forget();
    before.socket.write('anybody there?');
    client = await Client.dial();
    client.socket.write('yes');
    await hears('yes');
    expect(before.heard.toString()).toBe('hello');
    expect(before.ended).toBeUndefined();
    before.socket.destroy();
  });

  it('sliced, delivers a few bytes at a time', async () => {
    proxy.slices(2, 1);
    client.socket.write('slowly');
    await hears('slowly');
    expect(client.heard.length).toBeGreaterThan(1);
  });

  it('slow, delivers later', async () => {
    proxy.delay(60);
    const from = Date.now();
    client.socket.write('far away');
    await hears('far away');
    expect(Date.now() - from).toBeGreaterThanOrEqual(110);
  });
});
