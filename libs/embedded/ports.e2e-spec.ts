import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Child } from './children';
import { accepts, listens } from './listener';
import { isPortFree, openPortBook } from './ports';

const listen = async (port = 0): Promise<{ server: Server; port: number }> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { server, port: (server.address() as { port: number }).port };
};

describe('the ports of an installation', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'countersign-ports-'));
    file = join(folder, 'ports.json');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('are the same at the next start', async () => {
    const book = openPortBook(file);
    const chosen = [await book.choose({ part: 'a' }), await book.choose({ part: 'b' })];
    const next = openPortBook(file);
    expect([await next.choose({ part: 'a' }), await next.choose({ part: 'b' })]).toEqual(chosen);
    expect(chosen[0]).not.toBe(chosen[1]);
  });

  it('are others when somebody took them meanwhile, and those are remembered', async () => {
    const first = await openPortBook(file).choose({ part: 'a' });
    const { server } = await listen(first);
    const second = await openPortBook(file).choose({ part: 'a' });
    server.close();
    expect(second).not.toBe(first);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ a: second });
  });

  it('are not given again once they turned out to be unusable', async () => {
    const book = openPortBook(file, { isFree: async () => true, random: () => 20_000 });
    expect(await book.choose({ part: 'a', preferred: 3000 })).toBe(3000);
    book.forget('a');
    expect(await book.choose({ part: 'a', preferred: 3000 })).toBe(20_000);
  });

  it('are one for each part, whatever was remembered', async () => {
    const book = openPortBook(file, { isFree: async () => true, random: () => 20_000 });
    await book.choose({ part: 'a', preferred: 3000 });
    expect(await book.choose({ part: 'b', preferred: 3000 })).toBe(20_000);
  });

  it('that were asked for win over the remembered ones', async () => {
    const asked = await listen();
    asked.server.close();
    const book = openPortBook(file);
    await book.choose({ part: 'a' });
    expect(await book.choose({ part: 'a', asked: asked.port })).toBe(asked.port);
  });

  it('are below those that kernels hand to outgoing connections', async () => {
    const book = openPortBook(file);
    for (const part of ['a', 'b', 'c']) expect(await book.choose({ part })).toBeLessThan(32_768);
  });
});

describe('a port', () => {
  it('is free or not', async () => {
    const { server, port } = await listen();
    expect([await isPortFree(port), await accepts(port)]).toEqual([false, true]);
    await new Promise((resolve) => server.close(resolve));
    expect([await isPortFree(port), await accepts(port)]).toEqual([true, false]);
  });
});

describe('listens', () => {
  const child = (pid: number): Child => ({ pid }) as Child;

  it('is not fooled by somebody else on the port', async () => {
    const { server, port } = await listen();
    const other = spawn('/bin/sleep', ['30'], { stdio: 'ignore' });
    const over = new AbortController();
    let seen = false;
    const waiting = listens(child(other.pid!), port, over.signal).then(() => (seen = !over.signal.aborted));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(seen).toBe(false);
    over.abort();
    await waiting;
    expect(seen).toBe(false);
    await listens(child(process.pid), port, new AbortController().signal);
    other.kill('SIGKILL');
    server.close();
  });

  it('waits until the child comes to it', async () => {
    const { server, port } = await listen();
    await new Promise((resolve) => server.close(resolve));
    const script = `setTimeout(() => require('net').createServer().listen(${port}, '127.0.0.1'), 200)`;
    const late = spawn(process.execPath, ['-e', script], { stdio: 'ignore' });
    await listens(child(late.pid!), port, AbortSignal.timeout(20_000));
    expect(await accepts(port)).toBe(true);
    late.kill('SIGKILL');
  });
});
