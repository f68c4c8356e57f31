import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { startError } from './start-error';
import { readJson, writePrivateJson } from './state-files';

/* Below the range that kernels hand to outgoing connections: a port from there can be lost between choice and use. */
const lowest = 15_000;
const highest = 32_000;

/** What the choice depends on; injected in tests. */
export interface PortProbes {
  isFree(port: number): Promise<boolean>;
  random(): number;
}

/** Which port a part gets. */
export interface PortWish {
  readonly part: string;
  /** Asked for by a person: this or an error. */
  readonly asked?: number;
  /** Tried first: what the last start used, else the part's usual port. */
  readonly preferred?: number;
}

/** Chooses a port for one part: the one asked for or an error, the preferred one if free, else any free one. */
export const choosePort = async (
  wish: PortWish,
  taken: ReadonlySet<number>,
  probes: PortProbes = realProbes,
): Promise<number> => {
  const usable = async (port: number): Promise<boolean> => !taken.has(port) && (await probes.isFree(port));
  if (wish.asked !== undefined) {
    if (await usable(wish.asked)) return wish.asked;
    throw startError('PORT_TAKEN', `port ${wish.asked} for ${wish.part} is in use: free it, or ask for another one`);
  }
  if (wish.preferred !== undefined && (await usable(wish.preferred))) return wish.preferred;
  for (let tries = 0; tries < 200; tries++) {
    const port = probes.random();
    if (await usable(port)) return port;
  }
  throw startError('PORT_TAKEN', `no free port for ${wish.part} between ${lowest} and ${highest} on 127.0.0.1`);
};

/** Whether a server could listen on this port of the loopback address now. */
export const isPortFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });

/** The probes of the running machine. */
export const realProbes: PortProbes = { isFree: isPortFree, random: () => randomInt(lowest, highest) };

/** The ports of one installation: remembered in a file, so that the next start has the same addresses if they are free. */
export interface PortBook {
  choose(wish: PortWish): Promise<number>;
  /** Forgets a port that turned out to be unusable, and never gives it again in this run. */
  forget(part: string): void;
}

/** Opens the port book of a state folder. */
export const openPortBook = (file: string, probes: PortProbes = realProbes): PortBook => {
  const remembered: Record<string, number> = readJson(file) ?? {};
  const chosen = new Map<string, number>();
  const spoilt = new Set<number>();
  return {
    choose: async (wish) => {
      const others = new Set([
        ...spoilt,
        ...[...chosen].filter(([part]) => part !== wish.part).map(([, port]) => port),
      ]);
      const port = await choosePort({ ...wish, preferred: remembered[wish.part] ?? wish.preferred }, others, probes);
      chosen.set(wish.part, port);
      if (remembered[wish.part] !== port) {
        remembered[wish.part] = port;
        writePrivateJson(file, remembered);
      }
      return port;
    },
    forget: (part) => {
      const port = chosen.get(part);
      if (port !== undefined) spoilt.add(port);
      chosen.delete(part);
      delete remembered[part];
    },
  };
};
