import { EventEmitter } from 'node:events';
import type { ChildProcess } from 'node:child_process';
import type { Child, Exit } from './children';
import { textOf } from './start-error';
import { type Clock, type Part, supervise } from './supervise';

/** Above every pid a kernel gives, so that a stray signal hits nobody. */
let nextPid = 1_000_000_000;

interface FakeChild extends Child {
  die(exit?: Partial<Exit>): void;
  readonly signals: NodeJS.Signals[];
}

const fakeChild = (): FakeChild => {
  const signals: NodeJS.Signals[] = [];
  let die: FakeChild['die'] = () => undefined;
  const exited = new Promise<Exit>(
    (resolve) =>
      (die = (exit) => resolve({ code: null, signal: exit?.code === undefined ? 'SIGKILL' : null, ...exit })),
  );
  const signal = (name: NodeJS.Signals): void => {
    signals.push(name);
    die({ code: 0 });
  };
  return { name: 'part', pid: nextPid++, process: new EventEmitter() as ChildProcess, exited, signal, die, signals };
};

const harness = (ready: (life: number) => Promise<void> = async () => undefined) => {
  const lives: FakeChild[] = [];
  const [waits, said]: [number[], string[]] = [[], []];
  let now = 0;
  const clock: Clock = {
    now: () => now,
    sleep: async (ms) => void waits.push(ms),
  };
  const part: Part = {
    name: 'part',
    spawn: async () => {
      lives.push(fakeChild());
      return lives.at(-1)!;
    },
    ready: () => ready(lives.length),
  };
  const start = () => supervise(part, { clock, say: (line) => said.push(line) });
  return { lives, waits, said, start, pass: (ms: number) => (now += ms) };
};

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('supervise', () => {
  it('starts a part again when it dies, and says so', async () => {
    const { lives, waits, said, start } = harness();
    const part = await start();
    lives[0]!.die();
    await settled();
    await part.ready();
    expect(lives).toHaveLength(2);
    expect(waits).toEqual([200]);
    expect(said).toEqual(['part ended (killed by SIGKILL); starting it again in 0.2 s', 'part is back']);
    expect(part.pid()).toBe(lives[1]!.pid);
  });

  it('waits longer each time it dies young, and starts over after a minute', async () => {
    const { lives, waits, start, pass } = harness();
    await start();
    for (const life of [0, 1, 2]) {
      lives[life]!.die({ code: 1 });
      await settled();
    }
    pass(60_000);
    lives[3]!.die({ code: 1 });
    await settled();
    expect(waits).toEqual([200, 400, 800, 200]);
  });

  it('goes on trying when a new life does not become ready', async () => {
    const { lives, waits, start } = harness(async (life) => {
      if (life !== 2) return;
      lives[1]!.die();
      throw new Error('not yet');
    });
    const part = await start();
    lives[0]!.die();
    await settled();
    await part.ready();
    expect(lives).toHaveLength(3);
    expect(waits).toEqual([200, 400]);
  });

  it('does not start a part again that was stopped', async () => {
    const { lives, waits, start } = harness();
    const part = await start();
    await part.stop();
    await settled();
    expect(lives[0]!.signals).toEqual(['SIGTERM']);
    expect(lives).toHaveLength(1);
    expect(waits).toEqual([]);
    expect(part.pid()).toBeNull();
    await part.start();
    expect(lives).toHaveLength(2);
  });

  it('fails a first start with the reason, and tries it no second time', async () => {
    const { lives, start } = harness(() => new Promise(() => undefined));
    const starting = start();
    await settled();
    lives[0]!.die({ code: 3 });
    expect(await starting.catch(textOf)).toContain('part: ended while starting (exit code 3)');
    expect(lives).toHaveLength(1);
  });

  it('breaks off a start that is being stopped', async () => {
    let face: { stop(): Promise<void> } | undefined;
    const child = fakeChild();
    const part: Part = { name: 'part', spawn: async () => child, ready: () => new Promise(() => undefined) };
    const starting = supervise(part, { onPart: (each) => (face = each) });
    const failure = starting.catch(textOf);
    await settled();
    await face!.stop();
    expect(await failure).toMatch(/ended while starting|stopped while starting/);
  });

  it('ends a process that appears while its part is being stopped, however calm its readiness is about it', async () => {
    let face: { stop(): Promise<void> } | undefined;
    let born: (child: FakeChild) => void = () => undefined;
    const child = fakeChild();
    const spawn = () => new Promise<FakeChild>((resolve) => (born = resolve));
    const starting = supervise(
      { name: 'part', spawn, ready: async () => undefined },
      { onPart: (each) => (face = each) },
    );
    const failure = starting.then(() => 'ready', textOf);
    await settled();
    const stopping = face!.stop();
    born(child);
    await settled();
    child.die(); // the kernel’s answer to the SIGKILL that nobody got
    await stopping;
    expect(await failure).toContain('stopped while starting');
  });
});

describe('a supervised part', () => {
  it('is told of before its first start, and each of its processes when it is born', async () => {
    const [order, child] = [[] as string[], fakeChild()];
    const part: Part = {
      name: 'part',
      spawn: async () => {
        order.push('spawn');
        return child;
      },
      ready: async () => void order.push('ready'),
    };
    await supervise(part, {
      onPart: ({ name }) => order.push(`part ${name}`),
      onSpawn: (name, pid) => order.push(`${name} ${pid === child.pid}`),
    });
    expect(order).toEqual(['part part', 'spawn', 'part true', 'ready']);
  });

  it('does not start when it is refused at its first mention', async () => {
    const spawn = jest.fn();
    const refuse = (): void => {
      throw new Error('stopping');
    };
    await expect(supervise({ name: 'part', spawn, ready: spawn }, { onPart: refuse })).rejects.toThrow('stopping');
    expect(spawn).not.toHaveBeenCalled();
  });

  it('that is stopped between two lives stays down', async () => {
    const lives: FakeChild[] = [];
    let wake: () => void = () => undefined;
    const clock: Clock = {
      now: () => 0,
      sleep: (_ms, signal) =>
        new Promise((resolve) => {
          wake = resolve;
          signal.addEventListener('abort', () => resolve());
        }),
    };
    const spawn = async (): Promise<FakeChild> => {
      lives.push(fakeChild());
      return lives.at(-1)!;
    };
    const part = await supervise({ name: 'part', spawn, ready: async () => undefined }, { clock });
    lives[0]!.die();
    await settled();
    await part.stop();
    wake();
    await settled();
    expect(lives).toHaveLength(1);
  });

  it('is ended by the steps it asks for, the gentle one first', async () => {
    const child = fakeChild();
    const stop = { steps: [{ signal: 'SIGINT' as const, graceMs: 1000 }] };
    const part = await supervise({ name: 'part', spawn: async () => child, ready: async () => undefined, stop });
    await part.stop();
    expect(child.signals).toEqual(['SIGINT']);
  });

  it('has another process after a restart, and only one', async () => {
    const { lives, said, start } = harness();
    const part = await start();
    await part.restart();
    expect(lives).toHaveLength(2);
    expect(part.pid()).toBe(lives[1]!.pid);
    expect(said).toEqual([]);
  });
});
