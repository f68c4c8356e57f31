import { Pool } from 'undici';
import { stopChild } from '#libs/embedded/children';
import { type BenchSite } from '../site/bench-site';
import { startProgram } from '../site/program';
import { listeningLine, type RawOrder } from './raw-server';

/** As many connections to PostgreSQL as a process of the product has by default. */
const poolSize = 10;

/** Starts a raw server of this folder on the ledger of the site; answers a pool of connections to it, its address and its process id. */
export const startRaw = async (
  { installation: { env }, closing }: BenchSite,
  { name, connections }: { readonly name: 'queue' | 'decision' | 'events'; readonly connections: number },
): Promise<{ readonly http: Pool; readonly origin: string; readonly pid: number }> => {
  const order: RawOrder = {
    databaseUrl: env['DATABASE_URL'] ?? '',
    poolSize,
    kekFile: env['COUNTERSIGN_KEK_FILE'] ?? '',
  };
  const entry = `${__dirname}/${name}.raw`;
  const { child, said } = await startProgram({ name: `raw ${name}`, entry, order, readyLine: listeningLine });
  closing(() => stopChild(child));
  const origin = `http://127.0.0.1:${said}`;
  const http = new Pool(origin, { connections });
  closing(() => http.destroy());
  return { http, origin, pid: child.pid };
};
