import { Pool } from 'undici';
import { type Installation } from '../../apps/cli/src/start/installation';
import { type Desk, signIn } from './desk';
import { type InstallationWish, startBenchInstallation } from './installation';
import { type BenchLedger, openBenchLedger } from './ledger';

/** A throw-away installation with a hospital in it, and nurses who have signed in. */
export interface BenchSite {
  readonly installation: Installation;
  readonly ledger: BenchLedger;
  readonly desks: readonly Desk[];
  /** URL of a database as superuser. */
  readonly superuser: (database: string) => string;
  /** Has something closed at the end, before whatever was opened earlier. */
  readonly closing: (close: () => Promise<unknown>) => void;
}

/** How a site is started. */
export interface SiteWish extends InstallationWish {
  readonly nurses: number;
  /** The nurses are spread over so many wards (default 1). */
  readonly wards?: number;
}

/** Does something at a site of its own and removes it, whatever happens. */
export const atBenchSite = async <T>(wish: SiteWish, work: (site: BenchSite) => Promise<T>): Promise<T> => {
  const closes: (() => Promise<unknown>)[] = [];
  const closing: BenchSite['closing'] = (close) => closes.unshift(close);
  try {
    const { installation, superuser, remove } = await startBenchInstallation(wish);
    closing(remove);
    const ledger = await openBenchLedger(installation.env, wish);
    closing(ledger.close);
    const http = new Pool(installation.addresses.api ?? '', { connections: wish.nurses });
    closing(() => http.destroy());
    const desks: Desk[] = [];
    for (const nurse of ledger.nurses) desks.push(await signIn(http, nurse));
    return await work({ installation, ledger, desks, superuser, closing });
  } finally {
    for (const close of closes) await close();
  }
};
