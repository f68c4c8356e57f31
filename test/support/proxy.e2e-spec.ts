import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { isCommit, type Proxy, startProxy } from './proxy';

describe('the proxy of the chaos tests', () => {
  const heard: string[] = [];
  let echo: Server;
  let proxy: Proxy;

  beforeAll(async () => {
    echo = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => {
        heard.push(chunk.toString());
        socket.write(`re ${chunk.toString()}`);
      });
    });
    await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
    proxy = await startProxy(() => (echo.address() as AddressInfo).port);
  });
  afterAll(async () => {
    await proxy.stop();
    await new Promise((resolve) => echo.close(resolve));
  });
  beforeEach(() => {
    proxy.rule(null);
    proxy.weather(null);
    proxy.admit(true);
    proxy.resume();
    heard.splice(0);
  });

  const open = async (): Promise<{ socket: Socket; got: string[]; ended: Promise<void> }> => {
    const socket = connect({ port: proxy.port, host: '127.0.0.1' });
    const got: string[] = [];
    socket.on('data', (chunk) => void got.push(chunk.toString()));
    socket.on('error', () => undefined);
    const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    await new Promise((resolve) => socket.once('connect', resolve));
    return { socket, got, ended };
  };
  const until = async (holds: () => boolean): Promise<void> => {
    for (let tries = 0; tries < 100 && !holds(); tries++) await sleep(10);
    expect(holds()).toBe(true);
  };

  it('passes everything on', async () => {
    const { socket, got } = await open();
    socket.write('hello');
    await until(() => got.length === 1);
    expect(got).toEqual(['re hello']);
    socket.destroy();
  });

  it('loses a reply after the server did what it was asked', async () => {
    proxy.rule({ fromClient: (chunk, link) => isCommit(chunk) && link.loseReply() });
    const { socket, got, ended } = await open();
    socket.write('insert');
    await until(() => got.length === 1);
    socket.write('COMMIT\0');
    await ended;
    expect(heard).toEqual(['insert', 'COMMIT\0']);
    expect(got).toEqual(['re insert']);
  });

  it('holds replies until it is cut', async () => {
    proxy.rule({ fromClient: (_chunk, link) => link.holdReplies() });
    const { socket, got, ended } = await open();
    socket.write('COMMIT\0');
    await until(() => heard.length === 1);
    await sleep(50);
    expect([got, socket.closed]).toEqual([[], false]);
    proxy.cutAll();
    await ended;
    expect(got).toEqual([]);
  });

  it('stalls what the client sends, and sends it later', async () => {
    const { socket, got } = await open();
    proxy.stall();
    socket.write('later');
    await sleep(50);
    expect(heard).toEqual([]);
    proxy.resume();
    await until(() => got.length === 1);
    socket.destroy();
  });

  it('lets nobody in while it is closed', async () => {
    proxy.admit(false);
    const { ended } = await open();
    await ended;
    expect(heard).toEqual([]);
  });

  it('keeps everything to itself in a black hole, and sends it when the weather is fair again', async () => {
    const { socket, got } = await open();
    proxy.weather({ kind: 'black-hole' });
    socket.write('into the dark');
    await sleep(50);
    expect(heard).toEqual([]);
    proxy.weather(null);
    await until(() => got.length === 1);
    expect(got).toEqual(['re into the dark']);
    socket.destroy();
  });

  it('delays and slices without changing a byte or the order', async () => {
    const { socket, got } = await open();
    proxy.weather({ kind: 'latency', ms: 100 });
    const began = Date.now();
    socket.write('slow');
    await until(() => got.length === 1);
    expect(Date.now() - began).toBeGreaterThanOrEqual(190);
    proxy.weather({ kind: 'slicer', bytes: 3, everyMs: 5 });
    socket.write('in slices');
    await until(() => heard.join('').endsWith('in slices'));
    expect(heard.length).toBeGreaterThan(2);
    socket.destroy();
  });

  it('resets open and new links, and ends one after so many bytes', async () => {
    const first = await open();
    proxy.weather({ kind: 'reset' });
    await first.ended;
    // It may be reset before it knew that it was connected.
    const second = connect({ port: proxy.port, host: '127.0.0.1' }).on('error', () => undefined);
    await new Promise<void>((resolve) => void second.once('close', () => resolve()));
    proxy.weather({ kind: 'limit-data', bytes: 10 });
    const limited = await open();
    limited.socket.write('more than ten bytes');
    await limited.ended;
    await until(() => heard.length > 0);
    expect(heard).toEqual(['more than ten bytes']);
  });
});
