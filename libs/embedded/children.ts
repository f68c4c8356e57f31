import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { startError } from './start-error';

/** An unprivileged account to run a child as. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** What to run and how it dies. */
export interface ChildSpec {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment of the child: nothing is inherited. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Both streams are appended here (0600); without it they are piped to the caller. */
  readonly logFile?: string;
  readonly account?: Account;
  /** Sent by the kernel when this process dies in whatever way; default SIGKILL. */
  readonly deathSignal?: 'SIGKILL' | 'SIGQUIT';
  /** Who sends it: the kernel where it can, else a small watcher; given in tests. */
  readonly deathWatch?: 'kernel' | 'watcher';
}

/** How a child ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A running child, leader of its own session and process group, so that Ctrl-C in the terminal does not reach it. */
export interface Child {
  readonly name: string;
  readonly pid: number;
  readonly process: ChildProcess;
  readonly exited: Promise<Exit>;
  /** Signals the child alone. */
  signal(signal: NodeJS.Signals): void;
}

/** How a child is asked to end, and what follows when it does not. */
export interface StopSteps {
  readonly steps: readonly { readonly signal: NodeJS.Signals; readonly graceMs: number }[];
}

/** SIGTERM, ten seconds, SIGKILL for the whole group. */
export const termThenKill: StopSteps = { steps: [{ signal: 'SIGTERM', graceMs: 10_000 }] };

/** Starts a child that dies with this process, even when this process is killed with SIGKILL. */
export const spawnChild = async (spec: ChildSpec): Promise<Child> => {
  const byKernel = (spec.deathWatch ?? (kernelDeathSignal() ? 'kernel' : 'watcher')) === 'kernel';
  const [command, args] = byKernel ? underDeathSignal(spec) : [spec.command, [...spec.args]];
  const output = spec.logFile === undefined ? 'pipe' : openLog(spec.logFile);
  const child = spawn(command, args, {
    cwd: spec.cwd ?? '/',
    env: spec.env,
    detached: true,
    stdio: ['ignore', output, output],
    ...(spec.account && { uid: spec.account.uid, gid: spec.account.gid }),
  });
  if (typeof output === 'number') closeSync(output);
  const exited = new Promise<Exit>((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
  const pid = await spawned(child, spec);
  if (!byKernel) watchOver(pid, spec.deathSignal ?? 'SIGKILL', exited);
  return { name: spec.name, pid, process: child, exited, signal: (signal) => signalOne(pid, signal) };
};

/** Ends a child step by step, then kills whatever is left of its process group. */
export const stopChild = async (child: Child, { steps }: StopSteps = termThenKill): Promise<Exit> => {
  for (const { signal, graceMs } of steps) {
    child.signal(signal);
    const exit = await within(child.exited, graceMs);
    if (exit) return (killGroup(child.pid), exit);
  }
  killGroup(child.pid);
  return child.exited;
};

/** The value of a promise, or null when it takes longer. */
export const within = async <T>(promise: Promise<T>, ms: number): Promise<T | null> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), ms)));
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};

/** Sends a signal to a pid; false when it no longer runs. */
export const signalOne = (pid: number, signal: NodeJS.Signals): boolean => {
  try {
    return process.kill(pid, signal);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw thrown;
  }
};

const killGroup = (leader: number): void => {
  signalOne(-leader, 'SIGKILL');
};

const spawned = (child: ChildProcess, spec: ChildSpec): Promise<number> =>
  new Promise((resolve, reject) => {
    child.once('spawn', () => resolve(child.pid as number));
    child.once('error', (error) => reject(startError('PART_NOT_READY', `${spec.name}: ${error.message}`)));
  });

const openLog = (path: string): number => {
  mkdirSync(dirname(path), { recursive: true });
  return openSync(path, 'a', 0o600);
};

/* The death signal is set after the account was changed (a change of uid clears it), and the shell then looks
   whether the parent died in between: without that look a parent killed within this millisecond leaves an orphan. */
const underDeathSignal = (spec: ChildSpec): [string, string[]] => {
  const signal = (spec.deathSignal ?? 'SIGKILL').slice(3);
  const guarded = ['/bin/sh', '-c', '[ "$PPID" = "$0" ] && exec "$@"', String(process.pid), spec.command];
  return ['setpriv', ['--pdeathsig', signal, '--', ...guarded, ...spec.args]];
};

let kernelDeathSignalProbe: boolean | undefined;

/** Whether `setpriv --pdeathsig` works here (util-linux 2.33 and later; not macOS, not busybox). */
export const kernelDeathSignal = (): boolean =>
  (kernelDeathSignalProbe ??=
    process.platform === 'linux' && spawnSync('setpriv', ['--pdeathsig', 'KILL', '--', 'true']).status === 0);

/* Without setpriv: a shell in its own session holds the reading end of a pipe that only we hold open; when we die,
   however, it reads the end of file and signals the child. It ends by itself with the child. */
const watchOver = (pid: number, signal: string, exited: Promise<Exit>): void => {
  const script = `read -r _; kill -s ${signal.slice(3)} ${pid}; sleep 5; kill -s KILL -- -${pid} ${pid}`;
  const watcher = spawn('/bin/sh', ['-c', script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  watcher.unref();
  void exited.then(() => watcher.kill('SIGKILL'));
};
