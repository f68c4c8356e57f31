import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Child } from './children';

/**
 * Resolves when this child itself listens on a port, or when told that it is over. That somebody answers there is not
 * enough: it may be the same part of another installation, which took the port a moment before.
 */
export const listens = async (child: Child, port: number, over: AbortSignal): Promise<void> => {
  while (!over.aborted && !(await isOurs(child.pid, port))) await sleep(20);
};

const isOurs = async (pid: number, port: number): Promise<boolean> => {
  if (!(await accepts(port))) return false;
  const own = socketsOf(pid);
  return own === null || listeningInodes(port).some((inode) => own.has(inode));
};

/** Whether something accepts connections on this port of the loopback address now. */
export const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

/** The inodes of the sockets that listen on a port, from a table as in `/proc/net/tcp`. */
export const parseListening = (table: string, port: number): string[] =>
  table.split('\n').flatMap((line) => {
    const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
    const listening = state === '0A' && parseInt(local?.split(':')[1] ?? '', 16) === port;
    return listening && inode !== undefined ? [inode] : [];
  });

const listeningInodes = (port: number): string[] =>
  ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => {
    try {
      return parseListening(readFileSync(file, 'utf8'), port);
    } catch {
      return []; // no IPv6 here
    }
  });

/* The inodes of a process's sockets; null where that cannot be seen (no /proc, a hardened one, the process is gone). */
const socketsOf = (pid: number): Set<string> | null => {
  const folder = `/proc/${pid}/fd`;
  try {
    return new Set(readdirSync(folder).map((fd) => /^socket:\[(\d+)\]$/.exec(linkOf(`${folder}/${fd}`))?.[1] ?? ''));
  } catch {
    return null;
  }
};

const linkOf = (path: string): string => {
  try {
    return readlinkSync(path);
  } catch {
    return ''; // closed while we looked
  }
};
